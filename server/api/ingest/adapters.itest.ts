import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aVehicle, keyCtx } from "@/db/testing/factories";
import { aPairedDevice, storedOf, useIngest } from "@/db/testing/ingest-harness";
import { findForwardedDevice } from "@/server/services/positions/find-forwarded-device";
import { singleton } from "@/server/singleton";
import { answerIngest, ingestResponse, isIngestRequest } from "./adapters";

const database = useTestDatabase();
const scopes = new Map<string, { agencyId: string; scopes: ("positions:write" | "trips:read")[] }>();
const gps = useIngest(database, {
  forwarded: async (apiKey, label) => {
    const key = scopes.get(apiKey);
    return key ? findForwardedDevice(keyCtx(database.db, key.agencyId, key.scopes), label) : null;
  },
});
let server: Server;
let port: number;
beforeAll(async () => {
  // The adapters take the process's handler; here it is the one over the test database.
  singleton("ingest-handler", () => gps.handle);
  server = createServer((request, response) => {
    if (!isIngestRequest(request.method ?? "", request.url ?? "")) return response.writeHead(418).end();
    answerIngest(request, response, "203.0.113.9").catch(() => response.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const url = (path: string) => `http://127.0.0.1:${port}${path}`;

describe("over a bare server", () => {
  test("a fix is stored; reads of positions are not the GPS path's", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(url("/api/v1/positions/"), {
      method: "POST",
      headers,
      body: '{"lat":39.3,"lon":-76.6}',
    });
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1, duplicates: 0, quarantined: [] }]);
    expect((await storedOf(database, vehicleId)).history).toHaveLength(1);
    expect((await fetch(url("/api/v1/positions/snapshot?cells=all"))).status).toBe(418);
    const wrong = await fetch(url("/api/v1/positions"));
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("an endless body is refused with 413, not cut off", async () => {
    const { token } = await aPairedDevice(database);
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const request = httpRequest(url("/api/v1/positions"), { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on("error", reject);
      const write = () => request.write(Buffer.alloc(100_000, " "), () => !request.destroyed && setImmediate(write));
      write();
    });
    expect(status).toBe(413);
  });
});

test("the same through a Next route handler", async () => {
  const { token, vehicleId } = await aPairedDevice(database);
  const answer = await ingestResponse(new Request(`http://x.test/api/v1/ingest/gpslogger/${token}?lat=39.3&lon=-76.6`));
  expect(answer.status).toBe(200);
  expect((await storedOf(database, vehicleId)).live?.location.lat).toBe(39.3);
});

test("the handler, its queue and its token cache are one however often the module is loaded", async () => {
  vi.resetModules();
  const again = await import("./ingest");
  const { token, vehicleId } = await aPairedDevice(database);
  const headers = { authorization: `Bearer ${token}` };
  const body = Buffer.from('{"lat":39.3,"lon":-76.6}');
  const answer = await again.ingest({ method: "POST", url: "/api/v1/positions", headers, body, ip: "" });
  expect(answer.status).toBe(202);
  expect(gps.moved).toContain(vehicleId);
});

describe("a Traccar server with an API key", () => {
  const position = { latitude: 39.3, longitude: -76.6, speed: 10 };
  const forward = (key: string, uniqueId: string) =>
    gps.send({
      url: "/api/v1/ingest/traccar",
      headers: { authorization: `Bearer ${key}` },
      body: { position, device: { uniqueId } },
    });

  test("speaks for the devices of its agency by their labels", async () => {
    const agency = await anAgency(database.owner);
    const vehicle = await aVehicle(database.owner, agency.id);
    await aPairedDevice(database, { agencyId: agency.id, vehicleId: vehicle.id, label: "van-12" });
    await aPairedDevice(database, { label: "elsewhere" });
    scopes.set("rbk_writes", { agencyId: agency.id, scopes: ["positions:write"] });
    scopes.set("rbk_reads", { agencyId: agency.id, scopes: ["trips:read"] });
    expect((await forward("rbk_writes", "van-12")).status).toBe(200);
    expect((await storedOf(database, vehicle.id)).live?.speedMps).toBeCloseTo(5.144, 2);
    const unknown = await forward("rbk_writes", "elsewhere");
    expect([unknown.status, unknown.json]).toMatchObject([422, { error: { reasons: [{ path: "device.uniqueId" }] } }]);
    expect((await forward("rbk_reads", "van-12")).status).toBe(403);
    expect((await forward("rbk_nothing", "van-12")).status).toBe(401);
    const elsewhere = await gps.send({ headers: { authorization: "Bearer rbk_writes" }, body: { lat: 1, lon: 1 } });
    expect(elsewhere.status).toBe(401);
  });
});
