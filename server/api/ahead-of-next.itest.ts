import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { aTrip } from "@/db/testing/factories";
import { aPerson, PASSWORD } from "@/db/testing/people";
import { cookieNames } from "@/server/auth/cookies";
import { signSessionToken } from "@/server/auth/session-tokens";
import { setDatabase } from "@/server/database";
import { newId } from "@/server/ids";
import { signInAtConsole } from "@/server/services/people/sign-in";
import { singleton } from "@/server/singleton";
import { answerAhead, answerOwn } from "./ahead-of-next";

const database = useTestDatabase();
let server: Server;
let url: string;
beforeAll(async () => {
  setDatabase(database.db);
  singleton("revocations", () => true);
  server = createServer((request, response) => {
    const answer = answerAhead(request.method ?? "", request.url ?? "");
    if (!answer) return response.writeHead(418).end();
    answerOwn(request, response, answer).catch(() => response.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function aDispatcher() {
  const person = await aPerson(database.owner, { roles: ["dispatcher"] });
  const visitor = { db: database.db, now: new Date(), requestId: newId(), network: newId(), userAgent: "test" };
  const { sessionId } = await signInAtConsole(visitor, { email: person.email, password: PASSWORD });
  const token = await signSessionToken("console-cookie", sessionId, new Date(Date.now() + 3_600_000));
  const headers = {
    cookie: `${cookieNames().session}=${token}`,
    origin: url,
    "content-type": "application/json",
    "accept-encoding": "identity",
  };
  return { person, headers };
}

describe("what is ours to answer", () => {
  test.each([
    ["POST", "/api/trpc/board.get", true],
    ["GET", "/api/trpc/board.get", false],
    ["PATCH", "/api/v1/trips/1?x=1", true],
    ["HEAD", "/api/v1/trips", false],
    ["GET", "/api/v1/health", false],
    ["GET", "/api/v1/ready?verbose", false],
    ["GET", "/api/v1/readings", true],
    ["POST", "/api/auth/callback/credentials", false],
    ["GET", "/board", false],
  ])("%s %s: %s", (method, path, isOurs) => {
    expect(answerAhead(method, path) !== null).toBe(isOurs);
  });
});

describe("over a bare server", () => {
  test("a console's question is answered with its cookie, from our own pages only", async () => {
    const { headers } = await aDispatcher();
    const ask = (more: Record<string, string> = {}) =>
      fetch(`${url}/api/trpc/board.get`, { method: "POST", headers: { ...headers, ...more }, body: "{}" });
    const answer = await ask();
    expect([answer.status, await answer.json()]).toMatchObject([200, { result: { data: { trips: [] } } }]);
    expect((await ask({ origin: "https://evil.example" })).status).toBe(403);
    expect((await ask({ cookie: "nothing=1" })).status).toBe(401);
  });

  test("the REST contract holds: paths, methods and refusals as they are behind Next", async () => {
    const missing = await fetch(`${url}/api/v1/nothing/here`);
    expect([missing.status, await missing.json()]).toMatchObject([404, { error: { code: "not_found" } }]);
    expect(missing.headers.get("x-request-id")).toEqual(expect.any(String));
    const wrong = await fetch(`${url}/api/v1/trips`, { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, expect.stringContaining("GET")]);
    expect((await fetch(`${url}/api/v1/trips/`)).status).toBe(401);
  });

  test("a large answer is compressed for who takes it, a short one is not", async () => {
    const { person, headers } = await aDispatcher();
    for (let n = 0; n < 20; n++) await aTrip(database.owner, person.agencyId, { requestedAt: new Date() });
    const ask = (path: string) =>
      new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
        const options = { method: "POST", headers: { ...headers, "accept-encoding": "gzip, br" } };
        const call = httpRequest(`${url}${path}`, options, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({ encoding: response.headers["content-encoding"], bytes: Buffer.concat(chunks) }),
          );
        });
        call.on("error", reject);
        call.end("{}");
      });
    const board = await ask("/api/trpc/board.get");
    expect(board.encoding).toBe("gzip");
    const { result } = JSON.parse(gunzipSync(board.bytes).toString()) as { result: { data: { trips: unknown[] } } };
    expect(result.data.trips).toHaveLength(20);
    expect((await ask("/api/trpc/board.changes")).encoding).toBeUndefined();
  });

  test("consoles that ask together are each sent the whole answer, by itself and beside other questions", async () => {
    const { person, headers } = await aDispatcher();
    const trip = await aTrip(database.owner, person.agencyId, { requestedAt: new Date() });
    const ask = async (path: string, body: unknown) => {
      const answer = await fetch(`${url}/api/trpc/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: answer.status, text: await answer.text() };
    };
    const changes = { trips: [trip.id], units: [], exceptions: [] };
    const same = await Promise.all([1, 2, 3].map(() => ask("board.changes?batch=1", { 0: changes })));
    const read = (text: string | undefined) =>
      JSON.parse(text ?? "") as { result?: { data: unknown }; error?: unknown }[];
    for (const { text } of same) expect(read(text)).toMatchObject([{ result: { data: { trips: [{ id: trip.id }] } } }]);
    const mixed = await ask("board.changes,board.get,board.changes?batch=1", { 0: changes, 1: {}, 2: 1 });
    expect(mixed.status).toBe(207);
    const [first, whole, refused] = read(mixed.text);
    expect([first, whole]).toMatchObject([
      { result: { data: { trips: [{ id: trip.id }] } } },
      { result: { data: { trips: [{ id: trip.id }], timeZone: expect.any(String) } } },
    ]);
    expect(refused).toMatchObject({ error: { data: { appCode: "invalid" } } });
  });

  test("what was read for an agency is not sent to another one that asks in the same moment", async () => {
    const [one, other] = [await aDispatcher(), await aDispatcher()];
    const today = { requestedAt: new Date() };
    const trips = await Promise.all([one, other].map(({ person }) => aTrip(database.owner, person.agencyId, today)));
    const changes = { trips: trips.map(({ id }) => id), units: [], exceptions: [] };
    const ask = async ({ headers }: typeof one) => {
      const call = { method: "POST", headers, body: JSON.stringify(changes) };
      const answer = await fetch(`${url}/api/trpc/board.changes`, call);
      const { result } = (await answer.json()) as { result: { data: { trips: { id: string }[] } } };
      return result.data.trips.map(({ id }) => id);
    };
    const heard = await Promise.all([one, other, one, other].map(ask));
    expect(heard.map((ids) => trips.map(({ id }) => ids.includes(id)))).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [false, true],
    ]);
  });

  test("a body without end is refused with 413, not cut off", async () => {
    const { headers } = await aDispatcher();
    const status = await new Promise<number>((resolve, reject) => {
      const call = httpRequest(`${url}/api/trpc/board.get`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        call.destroy();
      });
      call.on("error", reject);
      const more = () => {
        while (!call.destroyed && call.write("x".repeat(100_000)));
        call.once("drain", more);
      };
      more();
    });
    expect(status).toBe(413);
  });
});
