import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignments, shifts } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aTrip, aUser, keyCtx, minutesAfter, NOW, testCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { createPublisher, type RealtimePublisher } from "@/server/integrations/pusher/publisher";
import { agencyChannel, positionsChannel, tripChannel } from "@/server/realtime/channels";
import { APP, startServer } from "@/server/realtime/embedded/testing";
import { authorizeChannels } from "./authorize-channels";

const database = useTestDatabase();
/** While the server runs: what it has never seen by then is unknown to it, rather than of before. */
const SERVER_RUNS = minutesAfter(new Date(), 10);
let startedAt = new Date(0);
let server: Awaited<ReturnType<typeof startServer>>;
let realtime: RealtimePublisher;
beforeAll(async () => {
  startedAt = new Date();
  server = await startServer();
  const { id: appId, key, secret } = APP;
  realtime = createPublisher({
    appId,
    key,
    secret,
    host: "127.0.0.1",
    port: server.port,
    isTls: false,
    isEmbedded: true,
  });
});
afterAll(async () => {
  realtime.close();
  await server.stop();
});

let count = 0;
const aSocketId = () => `${++count}.1`;
const aPerson = async (roles: Parameters<typeof aUser>[2] = ["dispatcher"]) => {
  const agency = await anAgency(database.owner);
  const user = await aUser(database.owner, agency.id, roles);
  return { agency, user, ctx: testCtx(database.db, user) };
};
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: { code?: string }) => error.code,
  );

test("a dispatcher's signature opens the agency's channel on the real server, and another agency's is refused", async () => {
  const { agency, ctx } = await aPerson();
  const socket = await server.connect();
  await expect.poll(() => socket.frames.length).toBe(1);
  const name = agencyChannel(agency.id);
  const foreign = agencyChannel(newId());
  const { channels } = await authorizeChannels(
    ctx,
    { socketId: socket.socketId(), channels: [name, foreign] },
    realtime,
  );
  expect(channels.get(foreign)).toBe(null);
  socket.say("pusher:subscribe", { channel: name, ...channels.get(name) });
  await expect.poll(() => socket.saw("pusher_internal:subscription_succeeded")).toHaveLength(1);
  expect(await outcome(authorizeChannels(ctx, { socketId: socket.socketId(), channels: [foreign] }, realtime))).toBe(
    "forbidden",
  );
});

test("the person's access ends the connection although the client never signed in", async () => {
  const { agency, user, ctx } = await aPerson();
  const socket = await server.connect();
  await expect.poll(() => socket.frames.length).toBe(1);
  await authorizeChannels(ctx, { socketId: socket.socketId(), channels: [agencyChannel(agency.id)] }, realtime);
  await realtime.terminateUser(user.id);
  await expect.poll(() => socket.closeCode()).toBe(4009);
});

test("billing, crew and keys do not hear the agency or its positions", async () => {
  for (const roles of [["billing"], ["crew"], ["clinical"]] as const) {
    const { agency, ctx } = await aPerson([...roles]);
    for (const name of [agencyChannel(agency.id), positionsChannel(agency.id, 6, "all")]) {
      expect(await outcome(authorizeChannels(ctx, { socketId: aSocketId(), channels: [name] }, realtime))).toBe(
        "forbidden",
      );
    }
  }
  const agency = await anAgency(database.owner);
  const key = keyCtx(database.db, agency.id, ["trips:read", "fleet:read"]);
  expect(
    await outcome(authorizeChannels(key, { socketId: aSocketId(), channels: [agencyChannel(agency.id)] }, realtime)),
  ).toBe("forbidden");
});

test("a crew follows the trip it holds, at its present epoch only", async () => {
  const { agency, user, ctx } = await aPerson(["crew"]);
  const shift = await aShift(database.owner, agency.id, {}, [user.id]);
  const [own, other] = [
    await aTrip(database.owner, agency.id, { channelEpoch: 3 }),
    await aTrip(database.owner, agency.id),
  ];
  await database.owner.insert(assignments).values({
    agencyId: agency.id,
    id: newId(),
    tripId: own.id,
    shiftId: shift.id,
    vehicleId: shift.vehicleId,
    mode: "dispatch",
    status: "dispatched",
    assignedAt: NOW,
  });
  const names = [tripChannel(own.id, 3), tripChannel(own.id, 2), tripChannel(other.id, 1), tripChannel(newId(), 1)];
  const { channels } = await authorizeChannels(ctx, { socketId: aSocketId(), channels: names }, realtime);
  expect(names.map((name) => channels.get(name) !== null)).toEqual([true, false, false, false]);
});

test("a crew in overtime keeps the channel of its trip until it signs off, a forgotten one for hours only", async () => {
  const { agency, user, ctx } = await aPerson(["crew"]);
  const shift = await aShift(database.owner, agency.id, { endsAt: minutesAfter(NOW, 60) }, [user.id]);
  const trip = await aTrip(database.owner, agency.id);
  const held = { agencyId: agency.id, id: newId(), tripId: trip.id, shiftId: shift.id, vehicleId: shift.vehicleId };
  await database.owner.insert(assignments).values({ ...held, mode: "dispatch", status: "loaded", assignedAt: NOW });
  const ask = (minutes: number) => {
    const input = { socketId: aSocketId(), channels: [tripChannel(trip.id, 1)] };
    return outcome(authorizeChannels({ ...ctx, now: minutesAfter(NOW, minutes) }, input, realtime));
  };
  expect([await ask(30), await ask(90), await ask(60 + 5 * 60)]).toEqual(["ok", "ok", "forbidden"]);
  await database.owner
    .update(shifts)
    .set({ signedOffAt: minutesAfter(NOW, 100) })
    .where(eq(shifts.id, shift.id));
  expect(await ask(110)).toBe("forbidden");
});

test("a fourth connection is refused for two minutes, the three are prolonged by asking again", async () => {
  const { agency, ctx } = await aPerson();
  const ask = (socketId: string, minutes = 0) => {
    const now = minutesAfter(SERVER_RUNS, minutes);
    return outcome(authorizeChannels({ ...ctx, now }, { socketId, channels: [agencyChannel(agency.id)] }, realtime));
  };
  const ids = [aSocketId(), aSocketId(), aSocketId()] as const;
  for (const id of ids) expect(await ask(id)).toBe("ok");
  expect(await ask("9999.1")).toBe("forbidden");
  expect(await ask(ids[0], 1)).toBe("ok");
  expect(await ask("9999.1", 1.5)).toBe("forbidden");
  expect(await ask("9999.1", 2.1)).toBe("ok");
  expect(await ask("9999.2", 2.1)).toBe("ok");
  expect(await ask("9999.3", 2.1)).toBe("forbidden");
});

test("places of sockets from before a restart of the realtime server are free at once", async () => {
  const { agency, ctx } = await aPerson();
  const ask = (now: Date) =>
    outcome(
      authorizeChannels({ ...ctx, now }, { socketId: aSocketId(), channels: [agencyChannel(agency.id)] }, realtime),
    );
  // A minute before this server: leases that still hold, on sockets of the one that was there then.
  const before = minutesAfter(startedAt, -1);
  expect([await ask(before), await ask(before), await ask(before)]).toEqual(["ok", "ok", "ok"]);
  expect(await ask(startedAt)).toBe("ok");
});

test("of ten connections that ask at once three are let in", async () => {
  const { agency, ctx } = await aPerson();
  const now = SERVER_RUNS;
  const asks = Array.from({ length: 10 }, () =>
    outcome(
      authorizeChannels({ ...ctx, now }, { socketId: aSocketId(), channels: [agencyChannel(agency.id)] }, realtime),
    ),
  );
  expect((await Promise.all(asks)).filter((result) => result === "ok")).toHaveLength(3);
});

test("a closed socket gives its place back at once, an open one keeps it beyond its lease", async () => {
  const { agency, ctx } = await aPerson();
  const sockets = [await server.connect(), await server.connect(), await server.connect()];
  for (const each of sockets) await expect.poll(() => each.frames.length).toBe(1);
  const ask = (socketId: string, now = ctx.now) =>
    outcome(authorizeChannels({ ...ctx, now }, { socketId, channels: [agencyChannel(agency.id)] }, realtime));
  for (const each of sockets) expect(await ask(each.socketId())).toBe("ok");
  expect(await ask(aSocketId(), minutesAfter(NOW, 5))).toBe("forbidden");
  sockets[0]?.ws.close();
  await expect.poll(() => ask(aSocketId())).toBe("ok");
});

test("somebody else's socket can't be taken", async () => {
  const [mine, theirs] = [await aPerson(), await aPerson()];
  const socket = await server.connect();
  await expect.poll(() => socket.frames.length).toBe(1);
  const ask = ({ agency, ctx }: typeof mine) =>
    outcome(authorizeChannels(ctx, { socketId: socket.socketId(), channels: [agencyChannel(agency.id)] }, realtime));
  expect(await ask(theirs)).toBe("ok");
  expect(await ask(mine)).toBe("forbidden");
});

test("without a realtime server the answer is that it is unavailable", async () => {
  const { agency, ctx } = await aPerson();
  const gone = createPublisher({ ...APP, appId: APP.id, host: "127.0.0.1", port: 1, isTls: false, isEmbedded: true });
  expect(
    await outcome(authorizeChannels(ctx, { socketId: aSocketId(), channels: [agencyChannel(agency.id)] }, gone)),
  ).toBe("unavailable");
});
