import { Agent, request } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { type Answer, aUnit, restAs, secretsOf, send, signInBy } from "./rest";

// What only the whole server can show: the rest of the contract is held in server/api/rest/*.contract.itest.ts.

const errorOf = ({ body }: Answer) => body.error as { code: string; message: string; reasons: unknown[] };

test("a trailing slash is answered without a redirect, on every kind of path", async () => {
  const { token } = await signInBy("admin@demo.test");
  for (const path of ["trips", "vehicles", "me", "users", "realtime"]) {
    expect([path, (await send("GET", `/api/v1/${path}/`, { token })).status]).toEqual([path, 200]);
  }
  for (const path of ["/api/health/", "/api/ready/", "/api/v1/health/", "/api/v1/ready/", "/api/docs/"]) {
    expect([path, (await send("GET", path)).status]).toEqual([path, 200]);
  }
  expect((await send("GET", "/metrics/")).status).toBe(401);
  const { CRON_SECRET } = secretsOf();
  expect((await send("POST", "/api/jobs/clean-up/", { token: CRON_SECRET })).status).toBe(200);
});

test("another method is 405 with Allow in the shape of every error, also beside /api/v1", async () => {
  const { token } = await signInBy("admin@demo.test");
  const refused: [string, string, string][] = [
    ["PUT", "/api/v1/trips", "GET"],
    ["POST", "/api/health", "GET"],
    ["DELETE", "/api/v1/ready/", "GET"],
    ["POST", "/metrics", "GET"],
    ["PUT", "/api/jobs/clean-up", "POST"],
    ["GET", "/api/realtime/auth", "POST"],
    ["POST", "/api/openapi.json", "GET"],
    ["GET", "/api/v1/positions", "POST"],
    ["GET", "/api/v1/ingest/owntracks", "POST"],
  ];
  for (const [method, path, allowed] of refused) {
    const answer = await send(method, path, { token });
    expect([method, path, answer.status]).toEqual([method, path, 405]);
    expect(answer.headers.get("allow")).toContain(allowed);
    expect(errorOf(answer)).toMatchObject({ code: "method_not_allowed", reasons: [] });
  }
});

test("an unknown path of the API is a JSON 404, not a page and not a way to the sign-in", async () => {
  for (const path of ["/api/nope", "/api/v1/nope", "/api/v2/trips", "/api/jobs/nope/deeper"]) {
    const answer = await send("GET", path);
    expect([path, answer.status, errorOf(answer)?.code]).toEqual([path, 404, "not_found"]);
  }
});

test("metrics are for the bearer of the token, at both addresses, and label nobody", async () => {
  const { METRICS_TOKEN } = secretsOf();
  for (const path of ["/metrics", "/api/metrics"]) {
    expect((await send("GET", path)).status).toBe(401);
    expect((await send("GET", path, { token: "wrong" })).status).toBe(401);
    const answer = await send("GET", path, { token: METRICS_TOKEN });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/plain")]);
    for (const name of ["request_duration_seconds", "fixes_accepted_total", "realtime_connections", "db_pool_size"]) {
      expect(answer.text).toContain(`runboard_${name}`);
    }
    const labels = new Set([...answer.text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    expect([...labels].filter((label) => /agency|user|vehicle|trip/.test(label ?? ""))).toEqual([]);
    expect(answer.text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  }
});

test("jobs run for the bearer of CRON_SECRET, by POST or GET, as often as asked; an unknown one is 404", async () => {
  const { CRON_SECRET: token } = secretsOf();
  expect((await send("POST", "/api/jobs/clean-up")).status).toBe(401);
  for (const method of ["POST", "GET", "POST"]) {
    const answer = await send(method, "/api/jobs/clean-up", { token });
    expect([answer.status, answer.body]).toEqual([200, { ran: expect.any(Boolean) }]);
  }
  expect((await send("POST", "/api/jobs/nope", { token })).status).toBe(404);
});

test("the docs draw the OpenAPI document with our own files alone", async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== baseURL && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  await page.goto("/api/docs");
  await expect(page.getByText("/api/v1/trips/{id}/assign").first()).toBeVisible();
  await expect(page.getByText("/api/v1/ingest/osmand").first()).toBeVisible();
  expect(foreign).toEqual([]);
  expect((await send("GET", "/api/openapi.json")).body).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
});

test("a body over 1 MB is 413 and the connection goes on; cookies open nothing", async () => {
  const { token } = await signInBy("dispatcher@demo.test");
  const dispatch = restAs(token);
  const tooLarge = await dispatch("POST", "/trips", { notes: "x".repeat(1_100_000) });
  expect([tooLarge.status, errorOf(tooLarge).code]).toEqual([413, "too_large"]);
  expect((await dispatch("GET", "/me")).status).toBe(200);
  expect((await send("GET", "/api/v1/me", { headers: { cookie: "rb-x-session=abc" } })).status).toBe(401);
});

/** One request after the other on one connection, the body in chunks of a length that is not told. */
function onOneConnection() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string, token: string, bytes = 0) =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const asked = request(new URL(path, process.env.E2E_BASE_URL), { method, headers, agent }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      });
      asked.on("error", reject);
      for (let sent = 0; sent < bytes; sent += 100_000) asked.write(Buffer.alloc(100_000, " "));
      asked.end();
    });
  return { ask, stop: () => agent.destroy() };
}

test("who sends too much hears 413, on a connection that can be used again", async () => {
  const { token } = await signInBy("admin@demo.test");
  const { deviceToken } = await aUnit(token);
  const { ask, stop } = onOneConnection();
  expect(await ask("POST", "/api/v1/bases", token, 5_000_000)).toBe(413);
  expect(await ask("GET", "/api/v1/me", token)).toBe(200);
  for (const bytes of [1_100_000, 5_000_000, 20_000_000]) {
    expect([bytes, await ask("POST", "/api/v1/positions", deviceToken, bytes)]).toEqual([bytes, 413]);
  }
  const declared = await send("POST", "/api/v1/positions", {
    token: deviceToken,
    raw: "x".repeat(8_000_000),
    headers: { "content-type": "application/json" },
  });
  expect(declared.status).toBe(413);
  expect(await ask("GET", "/api/v1/me", token)).toBe(200);
  stop();
});

test("every client of the GPS path gets the answer it needs, wherever its token is", async () => {
  const { token } = await signInBy("admin@demo.test");
  const { deviceToken: K, vehicleId } = await aUnit(token);
  const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const fix = (ago: number, over = {}) => ({ takenAt: secondsAgo(ago).toISOString(), lat: 40.61, lon: -89.4, ...over });
  const unix = (ago: number) => Math.floor(secondsAgo(ago).getTime() / 1000);
  const basic = { authorization: `Basic ${btoa(`anybody:${K}`)}` };
  const gzip = { "content-type": "application/json", "content-encoding": "gzip" };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const at = `lat=40.61&lon=-89.4`;
  const I = "/api/v1/ingest";
  const one = { accepted: 1, duplicates: 0, quarantined: [] };
  const packed = gzipSync(JSON.stringify({ fixes: [fix(110), fix(100)] }));
  const gpsPoint = { type: "Point", coordinates: [-89.4, 40.61] };
  const overland = { locations: [{ type: "Feature", geometry: gpsPoint, properties: { timestamp: secondsAgo(40) } }] };
  const traccarClient = { location: { timestamp: secondsAgo(60), coords: { latitude: 40.61, longitude: -89.4 } } };
  const forwarded = {
    position: { fixTime: secondsAgo(30), latitude: 40.61, longitude: -89.4 },
    device: { uniqueId: "x" },
  };
  const calls: [string, string, Parameters<typeof send>[2], number, unknown][] = [
    ["POST", "/api/v1/positions", { token: K, body: fix(140) }, 202, one],
    ["POST", "/api/v1/positions/", { token: K, body: fix(140) }, 202, { accepted: 0, duplicates: 1, quarantined: [] }],
    ["POST", `/api/v1/positions?token=${K}`, { body: fix(130) }, 202, one],
    ["POST", `/api/v1/positions/${K}`, { body: fix(125) }, 202, one],
    ["POST", "/api/v1/positions", { headers: basic, body: fix(120) }, 202, one],
    ["POST", "/api/v1/positions", { token: K, raw: packed, headers: gzip }, 202, { ...one, accepted: 2 }],
    ["GET", `${I}/osmand?id=${K}&${at}&timestamp=${unix(90)}&speed=10&batt=81`, {}, 200, one],
    [
      "POST",
      `${I}/osmand`,
      { raw: `deviceid=${K}&location=40.61,-89.4&timestamp=${unix(80)}`, headers: form },
      200,
      one,
    ],
    ["POST", `${I}/osmand`, { body: { ...traccarClient, device_id: K } }, 200, one],
    [
      "POST",
      `${I}/owntracks`,
      { headers: basic, body: { _type: "location", lat: 40.61, lon: -89.4, tst: unix(50) } },
      200,
      [],
    ],
    ["POST", `${I}/owntracks`, { headers: basic, body: { _type: "lwt", tst: unix(50) } }, 200, []],
    ["POST", `${I}/overland?token=${K}`, { body: overland }, 200, { result: "ok" }],
    ["GET", `${I}/gpslogger/${K}?${at}&time=${secondsAgo(35).toISOString()}&s=3`, {}, 200, one],
    ["PUT", `${I}/gpslogger/${K}?${at}&time=${secondsAgo(33).toISOString()}&s=3`, {}, 200, one],
    ["POST", `${I}/traccar`, { token: K, body: forwarded }, 200, one],
  ];
  for (const [method, path, sent, status, body] of calls) {
    const answer = await send(method, path, sent);
    expect([method, path.split("?")[0], answer.status, answer.body]).toEqual([
      method,
      path.split("?")[0],
      status,
      body,
    ]);
  }
  const stored = await restAs(token)("GET", `/vehicles/${vehicleId}/positions?limit=200`);
  expect((stored.body.items as unknown[]).length).toBe(14);
});

test("what the GPS path refuses: too much, unreadable, unknown; a bad fix from a good device is kept apart", async () => {
  const { token } = await signInBy("admin@demo.test");
  const { deviceToken: K } = await aUnit(token);
  const json = { "content-type": "application/json" };
  const post = (sent: Parameters<typeof send>[2]) =>
    send("POST", "/api/v1/positions", { token: K, headers: json, ...sent });
  const now = new Date().toISOString();
  const fixes = Array.from({ length: 2_001 }, () => ({ lat: 40.6, lon: -89.4, takenAt: now }));
  const bomb = gzipSync(Buffer.alloc(3_000_000, 32));
  const statuses = {
    many: (await post({ body: { fixes } })).status,
    large: (await post({ raw: `{"x":"${"y".repeat(1_100_000)}"}` })).status,
    bomb: (await post({ raw: bomb, headers: { ...json, "content-encoding": "gzip" } })).status,
    unreadable: (await post({ raw: "{" })).status,
    unknown: (await post({ token: "rbd_unknown", body: fixes[0] })).status,
    person: (await post({ token, body: fixes[0] })).status,
    nobody: (await send("POST", "/api/v1/positions", { body: fixes[0] })).status,
  };
  expect(statuses).toEqual({
    many: 413,
    large: 413,
    bomb: 413,
    unreadable: 400,
    unknown: 401,
    person: 401,
    nobody: 401,
  });
  const mixed = await post({
    body: { fixes: [fixes[0], { lat: 91, lon: 0 }, { lat: 0, lon: 0 }, { lat: "x", lon: 1 }] },
  });
  expect([mixed.status, mixed.body]).toEqual([
    202,
    {
      accepted: 1,
      duplicates: 0,
      quarantined: [
        { index: 1, code: "out_of_range" },
        { index: 2, code: "null_island" },
        { index: 3, code: "not_a_number" },
      ],
    },
  ]);
});

test("a device that asks too often is told when to come again", async () => {
  const { deviceToken: token } = await aUnit((await signInBy("admin@demo.test")).token);
  const body = { lat: 40.6, lon: -89.4 };
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => send("POST", "/api/v1/positions", { token, body })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(15);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(30);
  for (const answer of refused) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
});
