import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aFleet, type Fleet } from "./kit/fleet";
import { ask, askJson } from "./kit/http";
import { mostConnections } from "./kit/limits";
import { rssOf, useStack } from "./kit/stack";
import { expectStoredOnce } from "./kit/stored";
import { Traffic } from "./kit/traffic";

const REQUEST_TIMEOUT_S = 4;
const stack = useStack({ REQUEST_TIMEOUT_S: String(REQUEST_TIMEOUT_S) });
const MB = 1_048_576;
let fleet: Fleet;
let wellBehaved: Traffic;
let rssBefore: number;

beforeEach(async () => {
  fleet = await aFleet(stack(), 31);
  wellBehaved = new Traffic(stack(), fleet.phones.slice(1)).start();
  await expect.poll(() => wellBehaved.count, { timeout: 20_000 }).toBeGreaterThan(30);
  rssBefore = rssOf(stack(), "web");
});

/** Whoever behaves has noticed nothing: every fix was taken at the first attempt. */
afterEach(async () => {
  const before = wellBehaved.count;
  await expect.poll(() => wellBehaved.count, { timeout: 20_000 }).toBeGreaterThan(before + 30);
  await wellBehaved.finish();
  expect(wellBehaved.failures).toBe(0);
  await expectStoredOnce(stack(), wellBehaved.acknowledged);
});

const grownMb = () => (rssOf(stack(), "web") - rssBefore) / MB;
const positions = () => `${stack().url}/api/v1/positions`;
const token = () => fleet.phones[0]?.token ?? "";

test("a gzip bomb is refused with 413 before it is unpacked", async () => {
  const bomb = gzipSync(Buffer.alloc(200 * MB, 32));
  expect(bomb.length).toBeLessThan(MB);
  const headers = { "content-encoding": "gzip" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask(positions(), { token: token(), body: bomb, headers })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]));
  expect(grownMb()).toBeLessThan(120);
});

test("1 MB and a byte is refused, however it is announced, and so are 2,001 fixes", async () => {
  const body = " ".repeat(MB + 1);
  expect((await ask(positions(), { token: token(), body })).status).toBe(413);
  const chunked = await ask(positions(), { token: token(), body, headers: { "transfer-encoding": "chunked" } });
  expect(chunked.status).toBe(413);
  const fixes = Array.from({ length: 2_001 }, (_, n) => ({ lat: 40, lon: -89 + n / 1e6 }));
  expect((await askJson(positions(), { token: token(), json: { fixes } })).status).toBe(413);
  expect((await askJson(positions(), { token: token(), json: { fixes: fixes.slice(1) } })).status).toBe(202);
});

test("bodies that trickle in are cut off in time", async () => {
  const { port, hostname } = new URL(stack().url);
  const head = `POST /api/v1/positions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token()}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
  const open = (text: string) => {
    const socket = connect(Number(port), hostname);
    socket.write(text);
    const timer = setInterval(() => socket.write(" "), 500);
    socket.on("error", () => undefined); // cut off while writing: what this is about
    socket.resume();
    return new Promise<number>((resolve) => {
      socket.on("close", () => {
        clearInterval(timer);
        resolve(performance.now());
      });
    });
  };
  const from = performance.now();
  const ends = await Promise.all([
    ...Array.from({ length: 300 }, () => open(head)),
    ...Array.from({ length: 300 }, () => open("GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow:")),
  ]);
  expect((Math.max(...ends) - from) / 1_000).toBeLessThan(REQUEST_TIMEOUT_S + 6);
  expect(grownMb()).toBeLessThan(100);
});

test("10,000 connections with a bad token cost little and hold nothing", async () => {
  const wanted = Math.min(10_000, mostConnections());
  const { port, hostname } = new URL(stack().url);
  const statuses = new Map<string, number>();
  const knock = (n: number) =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect(Number(port), hostname);
      let text = "";
      let isReset = false;
      socket.on("connect", () =>
        socket.write(
          `POST /api/v1/positions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer rbd_bad${n}\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{"lat":40,"lon":-89.}`,
        ),
      );
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
      });
      socket.on("error", (error: NodeJS.ErrnoException) => {
        isReset = error.code === "ECONNRESET";
        if (!isReset) reject(error);
      });
      socket.on("close", () => {
        const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? (isReset ? "reset" : "none");
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        resolve();
      });
    });
  const from = performance.now();
  await Promise.all(Array.from({ length: wanted }, (_, n) => knock(n)));
  process.stdout.write(
    `${wanted} bad tokens at once: ${((performance.now() - from) / 1_000).toFixed(1)} s, RSS ${grownMb().toFixed(0)} MB up\n`,
  );
  // A machine that is busy with other work may be too slow for some: they are refused as well, and may come again. Whoever
  // is refused for slowness while what it sent still waits to be read may see the end of the connection before the 408.
  const refusals = new Set(["401", "408", "503", "reset"]);
  expect([...statuses.keys()].filter((status) => !refusals.has(status))).toEqual([]);
  expect(statuses.get("401")).toBeGreaterThan(wanted / 2);
  expect(grownMb()).toBeLessThan(250);
});
