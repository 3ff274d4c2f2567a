import { afterEach, expect, test, vi } from "vitest";
import { APP, CHECK_APP, startServer } from "./testing";

type Running = Awaited<ReturnType<typeof startServer>>;
let running: Running | null = null;
const start = async (...args: Parameters<typeof startServer>) => (running = await startServer(...args));

afterEach(async () => {
  await running?.stop();
  expect(running?.bugs ?? []).toEqual([]);
  running = null;
});

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 3000, interval: 5 });

test("the real library receives what the real library publishes on a private channel", async () => {
  const { client, publisher } = await start();
  const heard: unknown[] = [];
  const channel = client().subscribe("private-room");
  channel.bind("moved", (data: unknown) => heard.push(data));
  await until(() => expect(channel.subscribed).toBe(true));
  await publisher().trigger("private-room", "moved", { n: 1 });
  await until(() => expect(heard).toEqual([{ n: 1 }]));
});

test("a private channel signed with another secret is refused and hears nothing", async () => {
  const { client, publisher, server } = await start();
  const channel = client({ authorize: false }).subscribe("private-room");
  const refusals: unknown[] = [];
  channel.bind("pusher:subscription_error", (error: unknown) => refusals.push(error));
  await until(() => expect(refusals).toMatchObject([{ type: "AuthError", status: 401 }]));
  await publisher().trigger("private-room", "moved", {});
  expect(server.metrics.deliveriesTotal).toBe(0);
});

test("client events are refused, unless the app allows them", async () => {
  const { connect } = await start();
  const [sender, other] = [await connect(), await connect()];
  await until(() =>
    expect([sender.saw("pusher:connection_established"), other.saw("pusher:connection_established")]).toMatchObject([
      [{}],
      [{}],
    ]),
  );
  for (const each of [sender, other]) each.subscribe("private-room");
  await until(() => expect(other.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  sender.say("client-typing", {}, "private-room");
  await until(() => expect(sender.saw("pusher:error")).toMatchObject([{ data: { code: 4301 } }]));
  expect(other.saw("client-typing")).toEqual([]);

  const [allowed, listener] = [await connect({ app: CHECK_APP }), await connect({ app: CHECK_APP })];
  await until(() => expect([allowed.frames.length, listener.frames.length]).toEqual([1, 1]));
  for (const each of [allowed, listener]) each.subscribe("private-room");
  await until(() => expect(listener.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  await until(() => expect(allowed.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  allowed.say("client-typing", { a: 1 }, "private-room");
  await until(() => expect(listener.saw("client-typing")).toHaveLength(1));
  expect(allowed.saw("client-typing")).toEqual([]);
});

test("apps do not hear each other", async () => {
  const { connect, publisher, server } = await start();
  const listener = await connect({ app: CHECK_APP });
  await until(() => expect(listener.frames).toHaveLength(1));
  listener.subscribe("room");
  await until(() => expect(listener.saw("pusher_internal:subscription_succeeded")).toHaveLength(1));
  await publisher(APP).trigger("room", "moved", {});
  expect(server.metrics.deliveriesTotal).toBe(0);
});

test("a shutdown closes with 4200 and the real library comes back to the successor at once", async () => {
  const { connect, server, client, port } = await start();
  const bare = await connect();
  const real = client();
  await until(() => expect(real.connection.state).toBe("connected"));
  const firstId = real.connection.socket_id;
  const closing = server.close();
  const successor = await startServer({}, { port });
  try {
    await closing;
    await until(() => expect(bare.closeCode()).toBe(4200));
    await until(() => expect(real.connection.state).toBe("connected"));
    expect(real.connection.socket_id).not.toBe(firstId);
  } finally {
    real.disconnect();
    await successor.stop();
  }
});

test("terminating a person closes all their connections with 4009, signed in or bound, and nobody else's", async () => {
  const { connect, publisher, client } = await start();
  const [mine, bound, theirs] = [await connect(), await connect(), await connect()];
  await until(() => expect(theirs.frames).toHaveLength(1));
  await until(() => expect(mine.frames).toHaveLength(1));
  const signed = publisher().authenticateUser(mine.socketId(), { id: "u1" });
  mine.say("pusher:signin", signed);
  await until(() => expect(mine.saw("pusher:signin_success")).toHaveLength(1));
  await publisher().post({ path: "/users/u1/connections", body: { socket_id: bound.socketId() } as never });
  const real = client();
  real.signin();
  await until(() => expect(real.user.user_data).toMatchObject({ id: "u1" }));

  await publisher().terminateUserConnections("u1");
  await until(() => expect([mine.closeCode(), bound.closeCode()]).toEqual([4009, 4009]));
  await until(() => expect(real.connection.state).toBe("disconnected"));
  expect(theirs.closeCode()).toBe(null);
});

test("an event to a person reaches their connections only", async () => {
  const { client, publisher, connect } = await start();
  const real = client();
  const other = await connect();
  const heard: unknown[] = [];
  real.user.bind("notice", (data: unknown) => heard.push(data));
  real.signin();
  await until(() => expect(real.user.user_data).toMatchObject({ id: "u1" }));
  await publisher().sendToUser("u1", "notice", { n: 2 });
  await until(() => expect(heard).toEqual([{ n: 2 }]));
  expect(other.saw("notice")).toEqual([]);
});

test("a bound connection cannot become another person's; the answer tells open, closed and unknown apart", async () => {
  const { connect, publisher, server } = await start();
  const [one, two] = [await connect(), await connect()];
  await until(() => expect([one.frames.length, two.frames.length]).toEqual([1, 1]));
  two.ws.close();
  await until(() => expect(server.metrics.connections).toBe(1));
  const among = [one.socketId(), two.socketId(), "1.1"];
  const bind = (userId: string, socketId: string) =>
    publisher().post({ path: `/users/${userId}/connections`, body: { socket_id: socketId, among } as never });
  const told = { open: [one.socketId()], closed: [two.socketId()], since: expect.any(Number) };
  expect(await (await bind("u1", one.socketId())).json()).toEqual({ bound: true, ...told });
  expect(await (await bind("u1", "1.1")).json()).toEqual({ bound: false, ...told });
  await expect(bind("u2", one.socketId())).rejects.toMatchObject({ status: 409 });
});

test("nonsense is answered and changes nothing, an oversized frame costs its connection only", async () => {
  const { connect } = await start();
  const one = await connect();
  const nonsense = [
    "{nope",
    "null",
    "[]",
    "{}",
    '{"event":1}',
    '{"event":"pusher:subscribe"}',
    '{"event":"pusher:subscribe","data":{"channel":{"a":1}}}',
    '{"event":"pusher:subscribe","data":"x"}',
    '{"event":"pusher:subscribe","data":{"channel":"presence-x","auth":5,"channel_data":7}}',
    '{"event":"client-x","channel":"__proto__"}',
    '{"event":"pusher:unsubscribe","data":[]}',
  ];
  for (const frame of nonsense) one.ws.send(frame);
  one.ws.send(Buffer.from([1, 2, 3]));
  one.say("pusher:ping", {});
  await until(() => expect(one.saw("pusher:pong")).toHaveLength(1));
  one.ws.send("x".repeat(20_000));
  await until(() => expect(one.closeCode()).toBe(1009));
  const two = await connect();
  await until(() => expect(two.saw("pusher:connection_established")).toHaveLength(1));
});

test("a sign-in that is not signed closes with 4009", async () => {
  const { connect } = await start();
  const one = await connect();
  one.say("pusher:signin", { auth: `${APP.key}:0`, user_data: '{"id":"u1"}' });
  await until(() => expect(one.closeCode()).toBe(4009));
});

test("a cache channel gives the last event to who comes later, and says when there is none", async () => {
  const { connect, publisher } = await start();
  const first = await connect();
  await until(() => expect(first.frames).toHaveLength(1));
  first.subscribe("cache-weather");
  await until(() => expect(first.saw("pusher:cache_miss")).toHaveLength(1));
  await publisher().trigger("cache-weather", "now", { c: 3 });
  const second = await connect();
  second.subscribe("cache-weather");
  await until(() => expect(second.saw("now")).toMatchObject([{ data: '{"c":3}' }]));
});

test("subscription_count is told once for many joins", async () => {
  const { connect } = await start();
  const all = await Promise.all(Array.from({ length: 20 }, () => connect()));
  for (const each of all) each.subscribe("room");
  const [first] = all;
  await until(() =>
    expect(first?.saw("pusher_internal:subscription_count").at(-1)?.data).toBe('{"subscription_count":20}'),
  );
  expect(first?.saw("pusher_internal:subscription_count").length).toBeLessThan(5);
});
