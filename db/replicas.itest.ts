import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCall, aDispatch } from "@/db/testing/dispatch";
import { anAgency, aUser, testCtx } from "@/db/testing/factories";
import { useReplicated } from "@/db/testing/replicated";
import { appRouter } from "@/server/api/root";
import { createCallerFactory } from "@/server/api/trpc";
import type { Ctx } from "@/server/context";
import { laterPosition, parseLogPosition, READ_LATEST } from "@/server/domain/wire/read-after";
import { metrics } from "@/server/metrics";
import { replicaFor, setReplicas } from "@/server/replicas";
import { createBase } from "@/server/services/bases/create-base";
import { listBases } from "@/server/services/bases/list-bases";
import { primaryPosition } from "./queries/log-position";
import { Replicas } from "./replicas";

const cluster = useReplicated();
let replicas: Replicas;
let aheadMs = 0;
const troubles: unknown[] = [];

beforeAll(() => {
  const { db, replica } = cluster.it;
  replicas = new Replicas(
    db,
    [replica],
    () => Date.now() + aheadMs,
    (error) => troubles.push(error),
  );
  setReplicas(replicas);
});
afterAll(async () => {
  setReplicas(null);
  await replicas.stop();
});

/** A console that remembers how far the database had come with what it did. */
function consoleOf(ctx: Ctx, pickReplica = (after: string | null) => replicaFor(after)) {
  const committed: { position: string | null } = { position: null };
  const caller = createCallerFactory(appRouter)(() => ({
    ...ctx,
    locked: false,
    pickReplica: () => pickReplica(committed.position),
    onCommitted: (position: string) => {
      committed.position = laterPosition(committed.position, position);
    },
  }));
  return { call: caller, committed };
}

/** `aDispatch` over the replicated database. */
const dispatch = () => aDispatch({ ...cluster.it, sql: cluster.it.admin, urls: { app: "", owner: "" } });

const readsAt = async (target: string) => {
  const { values } = await metrics().consoleReads.get();
  return values.find(({ labels }) => labels.target === target)?.value ?? 0;
};

const until = async (isTrue: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 400; tries++) {
    if (await isTrue()) return;
    await replicas.look();
    await wait(10);
  }
  throw new Error("it did not come true");
};
const caughtUp = () => until(() => replicas.pick(null) !== null);

test("most of what a console reads in a day's work comes from the replica, and none of it is older than what it did", async () => {
  const { dispatcher, shift } = await dispatch();
  const { call } = consoleOf(dispatcher);
  await caughtUp();
  const [before, primaryBefore] = [await readsAt("replica"), await readsAt("primary")];
  for (let round = 0; round < 6; round++) {
    const trip = await call.trips.book({ level: "wheelchair", pickup: { lat: 40.6, lon: -89.3 } });
    // What the screen rereads after a change, at once.
    expect((await call.board.get({})).trips.map(({ id }) => id)).toContain(trip.id);
    expect(await call.trips.get({ tripId: trip.id })).toMatchObject({ status: "requested" });
    if (round === 0) await call.trips.assign({ tripId: trip.id, shiftId: shift.id, mode: "reserve" });
    for (let look = 0; look < 4; look++) {
      await replicas.look();
      await call.board.get({});
      await call.exceptions.list();
      await call.trips.get({ tripId: trip.id });
    }
  }
  const [there, here] = [(await readsAt("replica")) - before, (await readsAt("primary")) - primaryBefore];
  expect(there + here).toBe(6 * 14);
  expect(there / (there + here)).toBeGreaterThanOrEqual(0.7);
});

test("while the replica stands still, what somebody did and was told of is read at the primary", async () => {
  const { dispatcher } = await dispatch();
  const { call, committed } = consoleOf(dispatcher);
  await caughtUp();
  await cluster.it.admin`select pg_wal_replay_pause()`;
  try {
    const trip = await call.trips.book({ level: "wheelchair", pickup: { lat: 40.6, lon: -89.3 } });
    expect(committed.position).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    expect(replicaFor(committed.position)).toBeUndefined();
    expect(await call.trips.get({ tripId: trip.id })).toMatchObject({ id: trip.id });
    // Whoever was told nothing may still read there, for as long as the lag is short.
    expect(replicaFor(null)).toBe(cluster.it.replica);
    aheadMs += 3_000;
    await replicas.look();
    await primaryPosition(cluster.it.db);
    await aCall(dispatcher);
    await replicas.look();
    aheadMs += 3_000;
    await replicas.look();
    expect(replicaFor(null)).toBeUndefined();
    expect(replicas.lags()[0]).toBeGreaterThan(0);
  } finally {
    await cluster.it.admin`select pg_wal_replay_resume()`;
  }
  await until(() => replicaFor(committed.position) === cluster.it.replica);
});

test("a console that may have missed something reads at the primary, and a made-up position harms nobody", async () => {
  await caughtUp();
  expect(replicaFor(READ_LATEST)).toBeUndefined();
  expect(replicaFor("FFFFFFFF/FFFFFFFF")).toBeUndefined();
  expect(replicaFor("'; drop table trips")).toBe(cluster.it.replica);
});

test("the walls between agencies stand at the replica too", async () => {
  const { owner, db, replica } = cluster.it;
  const [mine, theirs] = [await anAgency(owner), await anAgency(owner)];
  const ctx = testCtx(db, await aUser(owner, mine.id, ["admin"]));
  await createBase(ctx, { lat: 40.6, lon: -89.3, name: "Ours" });
  const position = parseLogPosition(await primaryPosition(db));
  await until(() => replicas.pick(position) !== null);
  expect((await listBases({ ...ctx, replica }, { limit: 10 })).items.map(({ name }) => name)).toEqual(["Ours"]);
  const stranger = testCtx(db, await aUser(owner, theirs.id, ["admin"]));
  await until(() => replicas.pick(position) !== null);
  expect((await listBases({ ...stranger, replica }, { limit: 10 })).items).toEqual([]);
});

test("a replica that dies in the middle of it all costs nobody an answer, and is left out", async () => {
  const { dispatcher } = await dispatch();
  // It was picked a moment before it died.
  const { call } = consoleOf(dispatcher, () => cluster.it.replica);
  const trip = await call.trips.book({ level: "wheelchair", pickup: { lat: 40.6, lon: -89.3 } });
  await cluster.it.killReplica();
  const fallbacks = await readsAt("fallback");
  const answers = await Promise.all(Array.from({ length: 8 }, () => call.trips.get({ tripId: trip.id })));
  expect(answers.every(({ id }) => id === trip.id)).toBe(true);
  expect(await readsAt("fallback")).toBe(fallbacks + 8);
  expect(replicaFor(null)).toBeUndefined();
  await replicas.look();
  expect(replicas.lags()).toEqual([null]);
  expect(troubles.length).toBeGreaterThan(0);
});
