import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, aVan, later, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aUser, systemCtx, testCtx } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import { type BoardAsk, patchBoard } from "@/server/domain/trips/board-changes";
import { agencyChannel } from "@/server/realtime/channels";
import { acknowledgeException, snoozeException } from "@/server/services/exceptions/handle-exception";
import { watchExceptions } from "@/server/services/exceptions/watch-exceptions";
import { swapVehicle } from "@/server/services/shifts/swap-vehicle";
import { setAvailability } from "@/server/services/units/set-availability";
import { setUnitState } from "@/server/services/units/set-unit-state";
import { acknowledgeDelivery } from "./acknowledge-delivery";
import { addSupport } from "./add-support";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { editTrip } from "./edit-trip";
import { getBoard } from "./get-board";
import { getBoardChanges } from "./get-board-changes";
import { removeSupport } from "./remove-support";
import { reportStatus } from "./report-status";
import { swapUnit } from "./swap-unit";
import { unassignTrip } from "./unassign-trip";

const database = useTestDatabase();
const nothing: BoardAsk = { trips: [], units: [], exceptions: [] };
const all = { limit: 3000 };

/** What a console was told since `after` events: ids, as its feed takes them. */
async function toldSince(agencyId: string, after: number): Promise<BoardAsk> {
  const { agencyId: agency, channel, id } = schema.outbox;
  const rows = await database.owner
    .select()
    .from(schema.outbox)
    .where(and(eq(agency, agencyId), eq(channel, agencyChannel(agencyId))))
    .orderBy(asc(id));
  const named = (name: string) => rows.slice(after).flatMap(({ payload }) => payload[name] ?? []) as string[];
  return { trips: named("tripId"), units: named("shiftId"), exceptions: named("exceptionId") };
}
const toldSoFar = async (agencyId: string) => {
  const { agencyId: agency, channel } = schema.outbox;
  return database.owner.$count(schema.outbox, and(eq(agency, agencyId), eq(channel, agencyChannel(agencyId))));
};

/** Does something, and expects a board that is patched with what was told to be the board as it is then. */
async function inStep<T>(viewer: Ctx, action: () => Promise<T>): Promise<T> {
  const { agencyId } = viewer.actor;
  const [held, before] = [await getBoard(viewer, all), await toldSoFar(agencyId)];
  const done = await action();
  const told = await toldSince(agencyId, before);
  const patched = patchBoard(held, await getBoardChanges(viewer, told));
  expect(patched).toEqual(await getBoard(viewer, all));
  return done;
}

/** An agency with three vans, of which the first has another trip queued, and somebody who looks at its board later. */
async function aBusyDay() {
  const scene = await aDispatch(database, 3);
  const { dispatcher, units } = scene;
  const [first, second, third] = units;
  if (!first || !second || !third) throw new Error("three units");
  const viewer = later(dispatcher, 45);
  const trip = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: first.shift.id, mode: "dispatch" });
  const queued = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: queued.id, shiftId: first.shift.id, mode: "stack" });
  return { ...scene, first, second, third, viewer, trip, queued };
}

test("a trip's way from the call to its end keeps a patched board in step, its unit and what waits behind it too", async () => {
  const { dispatcher, crew, viewer, trip, queued, second } = await aBusyDay();
  const call = await inStep(viewer, () => aCall(dispatcher));
  await inStep(viewer, () => assignTrip(dispatcher, { tripId: call.id, shiftId: second.shift.id, mode: "reserve" }));
  await inStep(viewer, () => acknowledgeDelivery(later(crew, 1), { tripId: trip.id, step: "on_phone" }));
  await inStep(viewer, () => reportStatus(later(crew, 2), { tripId: trip.id, status: "en_route" }));
  await inStep(viewer, () => reportStatus(later(crew, 9), { tripId: trip.id, status: "loaded" }));
  await inStep(viewer, () => reportStatus(later(crew, 20), { tripId: trip.id, status: "completed" }));
  const board = await getBoard(viewer, all);
  expect(board.trips.find(({ id }) => id === queued.id)).toMatchObject({ status: "dispatched" });
  expect(board.trips.find(({ id }) => id === trip.id)).toMatchObject({ status: "completed" });
});

test("trips that move between units and between lists keep a patched board in step", async () => {
  const { dispatcher, viewer, trip, queued, first, second, third } = await aBusyDay();
  const swap = { tripId: trip.id, shiftId: second.shift.id, reason: "nearer" };
  await inStep(viewer, () => swapUnit(later(dispatcher, 1), swap));
  await inStep(viewer, () => unassignTrip(later(dispatcher, 2), { tripId: queued.id }));
  const support = { tripId: trip.id, shiftId: third.shift.id, role: "assist" as const };
  const helped = await inStep(viewer, () => addSupport(later(dispatcher, 3), support));
  const assignmentId = helped.assignments.find(({ role }) => role === "assist")?.id ?? "";
  await inStep(viewer, () => removeSupport(later(dispatcher, 4), { tripId: trip.id, assignmentId }));
  await inStep(viewer, () => cancelTrip(later(dispatcher, 5), { tripId: trip.id, reason: "rider is ill" }));
  expect((await getBoard(viewer, all)).units.find(({ shiftId }) => shiftId === first.shift.id)).toMatchObject({
    availability: "ONLINE",
    activeTripIds: [],
  });
});

test("a trip that leaves the board's day is taken off, and one that comes to it is there", async () => {
  const { dispatcher, viewer } = await aBusyDay();
  const at = (minutes: number) => ({
    pickup: { address: "12 Hidden Lane", lat: 40.62, lon: -89.38, at: minutesAfter(NOW, minutes).toISOString() },
  });
  const trip = await inStep(viewer, () => aCall(dispatcher, at(60)));
  const edit = (version: number, minutes: number) => {
    const { pickup } = at(minutes);
    return editTrip(dispatcher, {
      tripId: trip.id,
      version,
      reason: "another day",
      pickup: { ...pickup, at: new Date(pickup.at) },
    });
  };
  const onBoard = async () => (await getBoard(viewer, all)).trips.some(({ id }) => id === trip.id);
  const moved = await inStep(viewer, () => edit(trip.version, 48 * 60));
  expect(await onBoard()).toBe(false);
  await inStep(viewer, () => edit(moved.version, 120));
  expect(await onBoard()).toBe(true);
});

test("what units do, and who goes off duty, keeps a patched board in step", async () => {
  const { dispatcher, agencyId, viewer, second, third } = await aBusyDay();
  const shiftId = second.shift.id;
  await inStep(viewer, () => setUnitState(later(dispatcher, 1), { shiftId, state: "out_of_service", reason: "tyre" }));
  await inStep(viewer, () => setAvailability(later(third.crew, 2), { state: "offline" }));
  expect((await getBoard(viewer, all)).units.map((unit) => unit.shiftId)).not.toContain(third.shift.id);
  const spare = await aVan(database, agencyId, { signedOnAt: null, startsAt: minutesAfter(NOW, 60) });
  await inStep(viewer, () => setAvailability(later(spare.crew, 61), { state: "online" }));
  const { version } = (await getBoard(viewer, all)).units.find((unit) => unit.shiftId === shiftId) ?? { version: 0 };
  await inStep(viewer, () => swapVehicle(later(dispatcher, 62), shiftId, { vehicleId: third.vehicle.id, version }));
});

test("what must be looked at comes, is put aside and goes with the trip it is about", async () => {
  const { dispatcher, agencyId, viewer, trip, first } = await aBusyDay();
  const watch = (minutes: number) =>
    inStep(viewer, () => watchExceptions(systemCtx(database.db, agencyId, minutesAfter(NOW, minutes))));
  await watch(30);
  const [one, other] = (await getBoard(viewer, all)).exceptions;
  if (!one || !other) throw new Error("two exceptions");
  await inStep(viewer, () => acknowledgeException(later(dispatcher, 31), { id: one.id }));
  const until = minutesAfter(NOW, 90);
  await inStep(viewer, () => snoozeException(later(dispatcher, 31), { id: other.id, until, reason: "told" }));
  await inStep(viewer, () => reportStatus(later(first.crew, 32), { tripId: trip.id, status: "completed" }));
  await watch(33);
});

test("another agency's ids say nothing, and take nothing along", async () => {
  const { viewer, first, trip } = await aBusyDay();
  const stranger = await aBusyDay();
  await watchExceptions(systemCtx(database.db, stranger.agencyId, minutesAfter(NOW, 30)));
  const theirs = await getBoard(stranger.viewer, all);
  const asked = {
    trips: [stranger.trip.id, trip.id],
    units: [stranger.first.shift.id],
    exceptions: theirs.exceptions.map(({ id }) => id),
  };
  const { about, trips, units, exceptions } = await getBoardChanges(viewer, asked);
  expect(trips.map(({ id }) => id)).toContain(trip.id);
  expect(units.map(({ shiftId }) => shiftId)).toEqual([first.shift.id]);
  expect(exceptions).toEqual([]);
  // Nothing but what was asked is named: whose it is, is not said.
  expect(about.trips).not.toContain(stranger.queued.id);
  expect(await getBoardChanges(viewer, nothing)).toMatchObject({ trips: [], units: [], exceptions: [] });
});

test("who may see less of riders gets no more of them, also when both ask at once", async () => {
  const { agencyId, viewer, trip } = await aBusyDay();
  const biller = testCtx(database.db, await aUser(database.owner, agencyId, ["billing"]), viewer.now);
  const locked: Ctx = { ...viewer, actor: { ...viewer.actor, locked: true } as Ctx["actor"] };
  const asked = { ...nothing, trips: [trip.id] };
  const shownTo = async (ctx: Ctx) => {
    const { trips } = await getBoardChanges(ctx, asked);
    const row = trips.find(({ id }) => id === trip.id);
    return [row?.riderName, row?.from.label, row?.from.lat];
  };
  const [full, ...hidden] = await Promise.all([shownTo(viewer), shownTo(locked), shownTo(biller)]);
  expect(full).toEqual(["Ada Lovelace", "12 Hidden Lane", 40.62]);
  expect(hidden).toEqual([
    [null, null, null],
    ["A. L.", null, null],
  ]);
});

test("consoles that ask at once share a reading, and each gets at least what it asked for", async () => {
  const { viewer, trip, queued, second } = await aBusyDay();
  const asks: BoardAsk[] = [
    { ...nothing, trips: [trip.id] },
    { ...nothing, trips: [queued.id] },
    { ...nothing, units: [second.shift.id] },
  ];
  const [first, ...others] = await Promise.all(asks.map((ask) => getBoardChanges(viewer, ask)));
  expect(others.map((other) => other === first)).toEqual([true, true]);
  expect(first?.about).toMatchObject({ trips: expect.arrayContaining([trip.id, queued.id]) });
  expect(first?.units.map(({ shiftId }) => shiftId)).toContain(second.shift.id);
});
