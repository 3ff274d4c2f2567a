import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Session } from "./api-client";
import { readOptions } from "./options";
import { newTally, Reporter } from "./reporter";
import { StateFile } from "./state-file";

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serverThat(answer: (request: IncomingMessage, body: string) => Answer): Promise<string> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { status, body: sent, headers } = answer(request, body);
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(status === 204 ? undefined : JSON.stringify(sent ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((done) => server.close(done)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const never = () => new AbortController().signal;
const who = { email: "a@demo.test", password: "secret-enough" };

describe("a session", () => {
  test("renews a token that has run out, once for calls at the same time", async () => {
    let [valid, refreshes] = ["old", 0];
    const url = await serverThat((request) => {
      if (request.url === "/api/v1/auth/login")
        return { status: 200, body: { accessToken: "expired", refreshToken: "r" } };
      if (request.url === "/api/v1/auth/refresh") {
        refreshes++;
        valid = "new";
        return { status: 200, body: { accessToken: "new", refreshToken: "r2" } };
      }
      return request.headers.authorization === `Bearer ${valid}`
        ? { status: 200, body: { ok: true } }
        : { status: 401, body: { error: { code: "unauthenticated", message: "no" } } };
    });
    const session = await Session.signIn(url, who, never());
    const Ok = z.object({ ok: z.boolean() });
    expect(await Promise.all([session.call("GET", "/me", Ok), session.call("GET", "/me", Ok)])).toEqual([
      { ok: true },
      { ok: true },
    ]);
    expect(refreshes).toBe(1);
  });

  test("waits as long as a busy server asks, and tells what was refused", async () => {
    let calls = 0;
    const url = await serverThat((request) => {
      if (request.url === "/api/v1/auth/login") return { status: 200, body: { accessToken: "t", refreshToken: "r" } };
      calls++;
      if (calls === 1) return { status: 429, headers: { "retry-after": "1" } };
      if (calls === 2) return { status: 503 };
      return { status: 422, body: { error: { code: "rule_broken", message: "not now" } } };
    });
    const session = await Session.signIn(url, who, never());
    await expect(session.call("POST", "/trips/x/status", z.unknown(), {})).rejects.toMatchObject({
      status: 422,
      code: "rule_broken",
    });
    expect(calls).toBe(3);
  });
});

test("fixes that could not be sent go with the next one, in order", async () => {
  const bodies: unknown[] = [];
  let isUp = false;
  const url = await serverThat((_, body) => {
    if (!isUp) return { status: 500 };
    bodies.push(JSON.parse(body));
    const sent = z.object({ fixes: z.array(z.unknown()) }).safeParse(JSON.parse(body));
    return {
      status: 202,
      body: { accepted: sent.success ? sent.data.fixes.length : 1, duplicates: 0, quarantined: [] },
    };
  });
  const tally = newTally();
  const reporter = new Reporter(url, "rbd_x", tally, never());
  const fix = (s: number) => ({
    takenAt: new Date(s * 1000).toISOString(),
    lat: 1,
    lon: 2,
    accuracyM: 5,
    speedMps: 0,
    headingDeg: 0,
    altitudeM: 0,
    batteryPct: 50,
    charging: true,
  });
  reporter.report(fix(1));
  await expect.poll(() => tally.failed).toBe(1);
  isUp = true;
  reporter.report(fix(2));
  await expect.poll(() => tally.accepted).toBe(2);
  expect(bodies).toEqual([{ fixes: [fix(1), fix(2)] }]);
});

test("secrets are kept for the next start in a file that only its owner reads", async () => {
  const dir = await mkdtemp(path.join(tmpdir(), "sim-"));
  closers.push(() => rm(dir, { recursive: true }));
  const state = await StateFile.open(dir, "http://127.0.0.1:3000");
  await Promise.all([
    state.keepToken("v1", "rbd_1"),
    state.keepToken("v2", "rbd_2"),
    state.keepPassword("a@b.c", "pw"),
  ]);
  await state.forgetToken("v2");
  const again = await StateFile.open(dir, "http://127.0.0.1:3000/");
  expect([again.token("v1"), again.token("v2"), again.password("a@b.c")]).toEqual(["rbd_1", undefined, "pw"]);
  expect((await stat(path.join(dir, "simulator", "127.0.0.1_3000.json"))).mode & 0o777).toBe(0o600);
});

test("options are checked, and the password never comes from the command line", () => {
  const argv = ["--url", "http://127.0.0.1:3000", "--admin-email", "admin@demo.test"];
  expect(readOptions(argv, { SIMULATE_PASSWORD: "x", RUNBOARD_DATA: "/data" })).toMatchObject({
    units: 60,
    intervalS: 5,
    callsPerHour: 0,
    countyDir: "/data/county",
  });
  expect(() => readOptions(argv, {})).toThrow(/SIMULATE_PASSWORD/);
  expect(() => readOptions([...argv, "--units", "many"], { SIMULATE_PASSWORD: "x" })).toThrow(/--units/);
  expect(() => readOptions([...argv, "--password", "x"], { SIMULATE_PASSWORD: "x" })).toThrow();
});
