import { connect as connectTo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { APP, startServer } from "./testing";

let running: Awaited<ReturnType<typeof startServer>> | null = null;
const start = async (...args: Parameters<typeof startServer>) => (running = await startServer(...args));
afterEach(async () => {
  await running?.stop();
  running = null;
});
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 3000, interval: 5 });
const EVENT = { name: "e", data: "{}", channel: "a" };

test("one address past its limit is sent away with 4100, another one is served", async () => {
  const { connect } = await start({ connectionsPerAddress: 2 });
  const from = (address: string) => connect({ headers: { "x-forwarded-for": address } });
  const [first] = [await from("203.0.113.5"), await from("203.0.113.5")];
  const third = await from("203.0.113.5");
  await until(() => expect(third.closeCode()).toBe(4100));
  const other = await from("203.0.113.6");
  await until(() => expect(other.saw("pusher:connection_established")).toHaveLength(1));
  first.ws.close();
  await until(async () => {
    const again = await from("203.0.113.5");
    await until(() => expect(again.frames.length).toBeGreaterThan(0));
    expect(again.saw("pusher:connection_established")).toHaveLength(1);
  });
});

test("a client that is no trusted proxy cannot choose its address", async () => {
  const { connect } = await start({ connectionsPerAddress: 1, loopbackIsLimited: true }, { trustedProxies: [] });
  await connect({ headers: { "x-forwarded-for": "203.0.113.1" } });
  const second = await connect({ headers: { "x-forwarded-for": "203.0.113.2" } });
  await until(() => expect(second.closeCode()).toBe(4100));
});

test("over capacity is 4100, an unknown app 4001, an old protocol 4007", async () => {
  const { connect } = await start({ connections: 1 });
  const [, second] = [await connect(), await connect()];
  await until(() => expect(second.closeCode()).toBe(4100));
  const unknown = await connect({ path: "/app/nobody?protocol=7" });
  await until(() => expect(unknown.closeCode()).toBe(4001));
  const old = await connect({ path: `/app/${APP.key}?protocol=3` });
  await until(() => expect(old.closeCode()).toBe(4007));
});

test("a foreign page is refused; the own one, an allowed one and a client without origin are not", async () => {
  const { connect, origin } = await start({}, { allowedOrigins: ["https://wall.example"] });
  await expect(connect({ headers: { origin: "https://evil.example" } })).rejects.toThrow("403");
  await expect(connect({ headers: { origin: "null" } })).rejects.toThrow("403");
  for (const headers of [{ origin }, { origin: "https://wall.example" }, {}]) {
    await expect(connect({ headers: headers as Record<string, string> })).resolves.toBeDefined();
  }
  const proxied = { origin: "https://console.example", "x-forwarded-host": "console.example" };
  await expect(connect({ headers: proxied })).resolves.toBeDefined();
});

test("a path that is no app is 404", async () => {
  const { connect } = await start();
  await expect(connect({ path: "/socket" })).rejects.toThrow("404");
});

test("a silent client is pinged, then dropped with 4201; one that answers stays", async () => {
  const { connect } = await start({ activityTimeoutS: 0.05, pongTimeoutS: 0.1 });
  const [silent, lively] = [await connect(), await connect()];
  lively.ws.on("message", () => lively.saw("pusher:ping").length > 0 && lively.say("pusher:pong", {}));
  await until(() => expect(silent.saw("pusher:ping")).toHaveLength(1));
  await until(() => expect(silent.closeCode()).not.toBe(null));
  expect(silent.saw("pusher:error")).toMatchObject([{ data: { code: 4201 } }]);
  expect(lively.closeCode()).toBe(null);
});

test("a reader that does not read is cut off, and the others get everything", async () => {
  const { connect, publisher, server } = await start({ unreadBytes: 200_000 });
  const [slow, quick] = [await connect(), await connect()];
  for (const each of [slow, quick]) each.subscribe("room");
  await until(() => expect(quick.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  await until(() => expect(slow.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  slow.ws.pause();
  const batch = Array.from({ length: 10 }, () => ({ channel: "room", name: "big", data: "x".repeat(10_000) }));
  let sent = 0;
  while (server.metrics.slowReadersTotal === 0 && sent < 5000) {
    await publisher().triggerBatch(batch);
    sent += batch.length;
  }
  expect(server.metrics.slowReadersTotal).toBe(1);
  await until(() => expect(quick.saw("big")).toHaveLength(sent));
});

test("each refusal of the HTTP API carries its real status", async () => {
  const { publisher, origin } = await start();
  const statusOf = (call: Promise<unknown>) =>
    call.then(
      () => 200,
      (error: { status?: number }) => error.status,
    );
  const send = (path: string, body: unknown) => statusOf(publisher().post({ path, body: body as never }));
  expect(await send("/events", EVENT)).toBe(200);
  expect(await send("/events", { ...EVENT, data: "x".repeat(10_241) })).toBe(413);
  expect(await send("/events", { ...EVENT, channel: "no spaces" })).toBe(400);
  expect(
    await send("/events", { ...EVENT, channel: undefined, channels: Array.from({ length: 101 }, (_, i) => `c${i}`) }),
  ).toBe(400);
  expect(await send("/batch_events", { batch: Array.from({ length: 10 }, () => EVENT) })).toBe(200);
  expect(await send("/batch_events", { batch: Array.from({ length: 11 }, () => EVENT) })).toBe(400);
  expect(await send("/batch_events", { batch: [{ ...EVENT, data: "x".repeat(300_000) }] })).toBe(413);
  expect(await send("/nothing", {})).toBe(404);
  expect(await statusOf(publisher().get({ path: "/events" }))).toBe(405);
  expect(await statusOf(publisher().get({ path: "/channels/%E0%A4%A" }))).toBe(400);
  expect(await send("/users/u1/connections", {})).toBe(400);
  expect(await statusOf(publisher({ ...APP, secret: "wrong" }).trigger("a", "e", {}))).toBe(401);
  expect(await statusOf(publisher({ ...APP, id: "nobody" }).trigger("a", "e", {}))).toBe(404);
  expect((await fetch(`${origin}/apps/app/channels`)).status).toBe(401);
  expect((await fetch(`${origin}/elsewhere`)).status).toBe(404);
});

test("metrics count connections and deliveries, behind their token", async () => {
  const { connect, publisher, origin } = await start({}, { metricsToken: "m".repeat(32) });
  const one = await connect();
  one.subscribe("room");
  // How many are in the room is told too, a moment later: a delivery like the event.
  await until(() => expect(one.saw("pusher_internal:subscription_count")).toHaveLength(1));
  await publisher().trigger("room", "e", {});
  expect((await fetch(`${origin}/metrics`)).status).toBe(401);
  const text = await (
    await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${"m".repeat(32)}` } })
  ).text();
  expect(text).toContain("runboard_realtime_connections 1\n");
  expect(text).toContain("runboard_realtime_deliveries_total 2\n");
});

test("an event may name a connection that does not get it", async () => {
  const { connect, publisher } = await start();
  const [one, two] = [await connect(), await connect()];
  for (const each of [one, two]) each.subscribe("room");
  await until(() => expect(two.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  await until(() => expect(one.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  await publisher().trigger("room", "e", {}, { socket_id: one.socketId() });
  await until(() => expect(two.saw("e")).toHaveLength(1));
  expect(one.saw("e")).toEqual([]);
});

test.each(["//", "http://", "/app/key?protocol=7 HTTP/1.1\r\nHost: ["])(
  "an address that cannot be read is refused, and the others are served: %j",
  async (target) => {
    const { connect, port, bugs } = await start();
    const socket = connectTo(port, "127.0.0.1");
    socket.on("error", () => socket.destroy());
    socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const answer = await new Promise((resolve) => socket.once("data", resolve));
    expect(String(answer)).toMatch(/^HTTP\/1\.1 40[04]/);
    const other = await connect();
    await until(() => expect(other.saw("pusher:connection_established")).toHaveLength(1));
    expect(bugs).toEqual([]);
    socket.destroy();
  },
);
