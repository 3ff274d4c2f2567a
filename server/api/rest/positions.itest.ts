import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aUser, testCtx } from "@/db/testing/factories";
import { aPairedDevice, useIngest } from "@/db/testing/ingest-harness";
import { isAllowed, ROLES } from "@/server/domain/people/permissions";
import { parseWith } from "./kit/parse";
import { openApiDocument } from "./openapi";
import { matchRoute, routes } from "./registry";

const database = useTestDatabase();
const gps = useIngest(database);

/** What a signed-in person of the agency gets from a GET route, without the HTTP around it. */
async function get(agencyId: string, path: string, query: Record<string, string> = {}) {
  const found = matchRoute("GET", path);
  if (found.kind !== "route" || found.route.permission === "public") throw new Error("no such route");
  const ctx = testCtx(database.db, await aUser(database.owner, agencyId), gps.now());
  const parsed = found.route.query ? parseWith(found.route.query, query, "the query") : query;
  return found.route.run(ctx, { params: found.params, query: parsed, body: undefined, headers: new Headers() });
}

async function aTrail() {
  const paired = await aPairedDevice(database);
  const start = gps.now().getTime() - 600_000;
  const at = (i: number) => new Date(start + i * 10_000).toISOString();
  const fixes = Array.from({ length: 7 }, (_, i) => ({
    takenAt: at(i),
    lat: 39.3 + i * 1e-4,
    lon: -76.6,
    altitudeM: i,
  }));
  await gps.send({ headers: { authorization: `Bearer ${paired.token}` }, body: { fixes: fixes.toReversed() } });
  return { ...paired, at, path: `/vehicles/${paired.vehicleId}/positions` };
}

describe("a vehicle's stored fixes", () => {
  test("come ascending, from inclusive and to exclusive, page by page", async () => {
    const { agencyId, at, path } = await aTrail();
    type Answer = { items: { takenAt: string; lat: number }[]; nextCursor: string | null };
    const all = (await get(agencyId, path)) as Answer;
    expect(all.items.map((item) => item.takenAt)).toEqual([0, 1, 2, 3, 4, 5, 6].map(at));
    expect(all).toMatchObject({
      nextCursor: null,
      items: [{ lat: 39.3, lon: -76.6, shiftId: null }, {}, {}, {}, {}, {}, {}],
    });
    const range = { from: at(1), to: at(5), limit: "3" };
    const first = (await get(agencyId, path, range)) as Answer;
    expect(first.items.map((item) => item.takenAt)).toEqual([1, 2, 3].map(at));
    const second = (await get(agencyId, path, { ...range, cursor: first.nextCursor ?? "" })) as Answer;
    expect([second.items.map((item) => item.takenAt), second.nextCursor]).toEqual([[at(4)], null]);
  });

  test("come as GeoJSON and GPX", async () => {
    const { agencyId, at, path } = await aTrail();
    const geojson = (await get(agencyId, path, { format: "geojson" })) as Response;
    expect(geojson.headers.get("content-type")).toBe("application/geo+json");
    expect(await geojson.json()).toMatchObject({
      type: "FeatureCollection",
      features: expect.arrayContaining([
        {
          type: "Feature",
          geometry: { type: "Point", coordinates: [-76.6, 39.3006, 6] },
          properties: expect.objectContaining({ takenAt: at(6) }),
        },
      ]),
    });
    const gpx = await ((await get(agencyId, path, { format: "gpx" })) as Response).text();
    expect(gpx).toContain(`<trkpt lat="39.3001" lon="-76.6"><ele>1</ele><time>${at(1)}</time></trkpt>`);
  });

  test("are not there for another agency, and a wrong range is refused", async () => {
    const { agencyId, at, path } = await aTrail();
    const stranger = await anAgency(database.owner);
    await expect(get(stranger.id, path)).rejects.toMatchObject({ code: "not_found" });
    await expect(get(agencyId, path, { from: at(5), to: at(1) })).rejects.toMatchObject({ code: "rule_broken" });
    await expect(get(agencyId, path, { from: "yesterday" })).rejects.toMatchObject({ code: "invalid" });
    await expect(get(agencyId, path, { limit: "201" })).rejects.toMatchObject({ code: "invalid" });
    await expect(get(agencyId, path, { cursor: "x" })).rejects.toMatchObject({ code: "invalid" });
  });
});

test("nearby wins over one vehicle, and asks for a place", async () => {
  const { agencyId, vehicleId } = await aTrail();
  const answer = await get(agencyId, "/vehicles/nearby", { lat: "39.3", lon: "-76.6", radiusM: "5000", limit: "1" });
  expect(answer).toMatchObject({ items: [{ vehicleId, availability: "OFFLINE" }] });
  await expect(get(agencyId, "/vehicles/nearby", { lat: "", lon: "1" })).rejects.toMatchObject({ code: "invalid" });
});

test("who may pair and who may look", () => {
  const may = (permission: "devices.write" | "devices.read" | "positions.read") =>
    ROLES.filter((role) => isAllowed(permission, { roles: [role] }));
  expect(may("devices.write")).toEqual(["admin"]);
  expect(may("devices.read")).toEqual(["admin", "dispatcher"]);
  expect(may("positions.read")).toEqual(["admin", "dispatcher"]);
});

test("every route of the GPS area is in the OpenAPI document", () => {
  const paths = Object.keys((openApiDocument(routes) as { paths: Record<string, unknown> }).paths);
  for (const path of [
    "/vehicles/nearby",
    "/vehicles/{id}/positions",
    "/devices",
    "/devices/{id}",
    "/devices/{id}/rotate",
  ]) {
    expect(paths.some((known) => known.endsWith(path))).toBe(true);
  }
});
