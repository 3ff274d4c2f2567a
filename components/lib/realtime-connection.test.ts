import { afterEach, expect, test, vi } from "vitest";
import { CLOSE } from "@/server/realtime/embedded/connections";
import { APP, openRealClient, startServer } from "@/server/realtime/embedded/testing";
import { authorizationOptions, ChannelAuthorizer, RealtimeRefusal } from "./channel-authorizer";
import { RealtimeConnection } from "./realtime-connection";

let stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
const until = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 5 });

/** The real library on the real server; the test plays our own authorization endpoint. */
async function aTab() {
  let server = await startServer();
  stops.push(() => server.stop());
  const { port } = server;
  const signer = server.publisher();
  const asked: Record<string, unknown>[] = [];
  const answers = { status: 200 };
  const authorizer = new ChannelAuthorizer(async (body) => {
    asked.push(body);
    if (answers.status !== 200) throw new RealtimeRefusal(answers.status);
    const socketId = String(body.socket_id);
    if (!Array.isArray(body.channel_name)) return signer.authenticateUser(socketId, { id: "u1" });
    const names = body.channel_name as string[];
    return Object.fromEntries(
      names.map((name) => [name, { status: 200, data: signer.authorizeChannel(socketId, name) }]),
    );
  });
  const connection = new RealtimeConnection({
    authorizer,
    makeClient: () => openRealClient(port, APP, authorizationOptions(authorizer)),
    retryMs: 60,
    renewMs: 50,
  });
  stops.push(() => connection.stop());
  const states: string[] = [];
  connection.state.subscribe(() => states.push(connection.state.get()));
  const restart = async () => {
    await server.stop();
    return async () => {
      server = await startServer({}, { port });
    };
  };
  return { connection, signer, asked, answers, states, restart, server: () => server };
}

test("subscribers of one channel share it; each is told to refetch, and the last one's leaving ends it", async () => {
  const { connection, signer, asked, server } = await aTab();
  const [one, two] = [
    { resync: vi.fn(), hear: vi.fn() },
    { resync: vi.fn(), hear: vi.fn() },
  ];
  const leaveOne = connection.subscribe("private-a", { moved: one.hear }, one.resync);
  connection.subscribe("private-b", {}, () => undefined);
  connection.start();
  await until(() => expect(one.resync).toHaveBeenCalledTimes(1));
  const leaveTwo = connection.subscribe("private-a", { moved: two.hear }, two.resync);
  await until(() => expect(two.resync).toHaveBeenCalledTimes(1));
  expect(asked.filter(({ channel_name }) => channel_name)).toMatchObject([
    { channel_name: ["private-a", "private-b"] },
  ]);
  await signer.trigger("private-a", "moved", { n: 1 });
  await until(() => expect([one.hear.mock.calls, two.hear.mock.calls]).toEqual([[[{ n: 1 }]], [[{ n: 1 }]]]));
  expect(connection.state.get()).toBe("live");
  leaveOne();
  await signer.trigger("private-a", "moved", { n: 2 });
  await until(() => expect(two.hear).toHaveBeenCalledTimes(2));
  expect(one.hear).toHaveBeenCalledTimes(1);
  leaveTwo();
  await until(() => expect(server().server.metrics.channels()).toBe(1));
});

test("an outage shows, ends within seconds of the server's return, and everybody refetches", async () => {
  const { connection, states, restart } = await aTab();
  const resync = vi.fn();
  connection.subscribe("private-a", {}, resync);
  connection.start();
  await until(() => expect(resync).toHaveBeenCalledTimes(1));
  const bringBack = await restart();
  await until(() => expect(connection.state.get()).toBe("unavailable"));
  await bringBack();
  await until(() => expect(resync).toHaveBeenCalledTimes(2));
  await until(() => expect(connection.state.get()).toBe("live"));
  expect(states[0]).toBe("live");
});

test("a refused channel shows as unavailable and is asked for again until it is let in", async () => {
  const { connection, answers } = await aTab();
  answers.status = 403;
  const resync = vi.fn();
  connection.subscribe("private-a", {}, resync);
  connection.start();
  await until(() => expect(connection.state.get()).toBe("unavailable"));
  answers.status = 200;
  await until(() => expect(resync).toHaveBeenCalledTimes(1));
  await until(() => expect(connection.state.get()).toBe("live"));
});

test("a connection that was ended comes back by itself, as far as the person still may", async () => {
  const { connection, signer, asked } = await aTab();
  const resync = vi.fn();
  connection.subscribe("private-a", {}, resync);
  connection.start();
  await until(() => expect(asked.some(({ channel_name }) => !channel_name)).toBe(true));
  await until(() => expect(resync).toHaveBeenCalledTimes(1));
  await vi.waitFor(async () => {
    await signer.terminateUserConnections("u1");
    expect(connection.state.get()).not.toBe("live");
  });
  expect(CLOSE.notAuthorized).toBe(4009);
  await until(() => expect(resync).toHaveBeenCalledTimes(2));
});

test("the place is renewed while connected; a stopped tab asks nothing and comes back on start", async () => {
  const { connection, asked, server } = await aTab();
  const resync = vi.fn();
  connection.subscribe("private-a", {}, resync);
  connection.start();
  await until(() => expect(asked.filter(({ channel_name }) => !channel_name).length).toBeGreaterThan(2));
  connection.stop();
  await until(() => expect(server().server.metrics.connections).toBe(0));
  expect(connection.state.get()).toBe("unavailable");
  connection.start();
  await until(() => expect(resync).toHaveBeenCalledTimes(2));
});
