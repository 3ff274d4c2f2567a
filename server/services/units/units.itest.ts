import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, announcedTo, auditOf, aVan, later, minutesAfter, NOW } from "@/db/testing/dispatch";
import type { Ctx } from "@/server/context";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { getBoard } from "@/server/services/trips/get-board";
import { getTrip } from "@/server/services/trips/get-trip";
import { reportStatus } from "@/server/services/trips/report-status";
import { getUnitManifest } from "./get-unit-manifest";
import { lockStop } from "./lock-stop";
import { reorderStops } from "./reorder-stops";
import { setAvailability } from "./set-availability";
import { setUnitState } from "./set-unit-state";
import { unlockStop } from "./unlock-stop";

const database = useTestDatabase();
const eventsOf = async (shiftId: string) =>
  (await database.owner.select().from(schema.unitEvents).where(eq(schema.unitEvents.shiftId, shiftId))).map(
    (row) => row.kind,
  );

test("a driver goes online, takes a break and goes offline on its own shift", async () => {
  const { agencyId } = await aDispatch(database);
  const van = await aVan(database, agencyId, { signedOnAt: null });
  expect(await setAvailability(van.crew, { state: "online" })).toMatchObject({
    shiftId: van.shift.id,
    availability: "ONLINE",
  });
  expect(await setAvailability(van.crew, { state: "online" })).toMatchObject({ availability: "ONLINE" });
  expect(await setAvailability(van.crew, { state: "break", reason: "lunch" })).toMatchObject({
    state: "break",
    availability: "BUSY",
  });
  expect(await setAvailability(van.crew, { state: "online" })).toMatchObject({
    state: "available",
    availability: "ONLINE",
  });
  expect(await setAvailability(van.crew, { state: "offline" })).toMatchObject({ availability: "OFFLINE" });
  expect(await eventsOf(van.shift.id)).toEqual(["signed_on", "state", "state", "signed_off"]);
  const stored = await database.owner.select().from(schema.unitEvents).where(eq(schema.unitEvents.agencyId, agencyId));
  expect(JSON.stringify(stored)).not.toContain("lunch");
  expect(await auditOf(database, van.shift.id)).toEqual([
    "shift.sign_on",
    "unit.state",
    "unit.state",
    "shift.sign_off",
  ]);
  expect((await announcedTo(database, agencyId)).at(-1)).toBe("unit.changed OFFLINE");
  await expect(setAvailability(van.crew, { state: "online" })).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ code: "off_shift" }],
  });
});

test("online signs on from the planned start, not before; without a shift there is nothing to switch", async () => {
  const { agencyId, dispatcher } = await aDispatch(database);
  const van = await aVan(database, agencyId, { signedOnAt: null, startsAt: minutesAfter(NOW, 10) });
  await expect(setAvailability(van.crew, { state: "online" })).rejects.toMatchObject({
    reasons: [{ code: "too_early" }],
  });
  expect(await setAvailability(later(van.crew, 10), { state: "online" })).toMatchObject({ availability: "ONLINE" });
  await expect(setAvailability(dispatcher, { state: "online" })).rejects.toMatchObject({
    reasons: [{ code: "off_shift" }],
  });
});

test("a break waits for the end of the trip; a delayed unit clears its trip when the delay is over", async () => {
  const { dispatcher, crew, shift } = await aDispatch(database);
  const [trip, next] = [await aCall(dispatcher), await aCall(dispatcher)];
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: shift.id, mode: "dispatch" });
  await assignTrip(dispatcher, { tripId: next.id, shiftId: shift.id, mode: "stack" });
  await expect(setAvailability(crew, { state: "break" })).rejects.toMatchObject({ reasons: [{ code: "busy" }] });
  await setUnitState(later(dispatcher, 1), { shiftId: shift.id, state: "delayed", reason: "decontamination" });
  const done = await reportStatus(later(crew, 5), { tripId: trip.id, status: "completed" });
  expect(done.times).toMatchObject({ completedAt: minutesAfter(NOW, 5), clearedAt: null });
  expect(await getTrip(dispatcher, { tripId: next.id })).toMatchObject({ status: "reserved" });
  const free = await setUnitState(later(dispatcher, 25), { shiftId: shift.id, state: "available" });
  expect(free).toMatchObject({ availability: "ON_TRIP" });
  expect((await getTrip(dispatcher, { tripId: trip.id })).times.clearedAt).toEqual(minutesAfter(NOW, 25));
  expect(await getTrip(dispatcher, { tripId: next.id })).toMatchObject({ status: "dispatched" });
});

test("a state needs its reason, its version and its own crew; another agency's unit is not found", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  const to = { shiftId: shift.id, state: "out_of_service" as const };
  await expect(setUnitState(dispatcher, to)).rejects.toMatchObject({ reasons: [{ path: "reason", code: "required" }] });
  await expect(setUnitState(dispatcher, { ...to, reason: "x", version: 9 })).rejects.toMatchObject({
    code: "conflict",
  });
  const other = await aVan(database, agencyId);
  await expect(setUnitState(other.crew, { ...to, reason: "x" })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await aDispatch(database);
  await expect(setUnitState(stranger.dispatcher, { ...to, reason: "x" })).rejects.toMatchObject({ code: "not_found" });
  expect(await setUnitState(dispatcher, { ...to, reason: "flat tyre" })).toMatchObject({
    availability: "BUSY",
    interruptible: false,
  });
});

test("a stop is locked where it is and let go again: nothing is put before it, and each is audited and announced", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  const first = await aCall(dispatcher, { pickup: { lat: 40.62, lon: -89.38, at: later(dispatcher, 300).now } });
  await assignTrip(dispatcher, { tripId: first.id, shiftId: shift.id, mode: "reserve" });
  const at = { shiftId: shift.id };
  const before = await getUnitManifest(dispatcher, at);
  const [pickup, dropoff] = before.stops;
  if (!pickup || !dropoff) throw new Error("a trip has two stops");
  const stop = { ...at, stopId: dropoff.id };
  const locked = await lockStop(dispatcher, { ...stop, manifestVersion: before.manifestVersion });
  expect(locked.stops.map((one) => one.locked)).toEqual([false, true]);
  expect(locked.manifestVersion).toBe(before.manifestVersion + 1);
  expect(await lockStop(dispatcher, stop)).toEqual(locked);
  const order = { ...at, stopIds: [dropoff.id, pickup.id], manifestVersion: locked.manifestVersion };
  await expect(reorderStops(dispatcher, order)).rejects.toMatchObject({ code: "rule_broken" });
  const earlier = await aCall(dispatcher, { pickup: { lat: 40.62, lon: -89.38, at: later(dispatcher, 120).now } });
  await assignTrip(dispatcher, { tripId: earlier.id, shiftId: shift.id, mode: "reserve" });
  const beside = (await getUnitManifest(dispatcher, at)).stops.map(({ tripId }) => tripId);
  expect(beside).toEqual([first.id, first.id, earlier.id, earlier.id]);
  const stale = unlockStop(dispatcher, { ...stop, manifestVersion: before.manifestVersion });
  await expect(stale).rejects.toMatchObject({ code: "conflict", reasons: [{ code: "stale" }] });
  expect((await unlockStop(dispatcher, stop)).stops.some((one) => one.locked)).toBe(false);
  expect(await auditOf(database, dropoff.id)).toEqual(["stop.lock", "stop.unlock"]);
  expect((await announcedTo(database, agencyId)).at(-1)).toBe("unit.changed");
  const stranger = await aDispatch(database);
  await expect(lockStop(stranger.dispatcher, stop)).rejects.toMatchObject({ code: "not_found" });
  await expect(lockStop(dispatcher, { ...at, stopId: first.id })).rejects.toMatchObject({ code: "not_found" });
});

test("why a unit is delayed is stored sealed, shown to dispatchers, and hidden on a locked console", async () => {
  const { dispatcher, shift } = await aDispatch(database);
  const reason = "waits with Ada Lovelace";
  await setUnitState(dispatcher, { shiftId: shift.id, state: "delayed", reason });
  const [stored] = await database.owner.select().from(schema.shifts).where(eq(schema.shifts.id, shift.id));
  expect(stored?.stateReasonEnc).toBeTruthy();
  expect(JSON.stringify(stored)).not.toMatch(/Ada|Lovelace/);
  const shown = async (ctx: Ctx) => (await getBoard(ctx, { limit: 10 })).units.map((unit) => unit.stateReason);
  expect(await shown(dispatcher)).toEqual([reason]);
  const { actor } = dispatcher;
  if (actor.kind !== "user") throw new Error("a dispatcher is a person");
  expect(await shown({ ...dispatcher, actor: { ...actor, locked: true } })).toEqual([null]);
});

test("stops are put into another order by who has seen the newest, and never lose a rider", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  const [first, second] = [await aCall(dispatcher), await aCall(dispatcher)];
  await assignTrip(dispatcher, { tripId: first.id, shiftId: shift.id, mode: "dispatch" });
  await assignTrip(dispatcher, { tripId: second.id, shiftId: shift.id, mode: "stack" });
  const { stops, manifestVersion } = await getUnitManifest(dispatcher, { shiftId: shift.id });
  expect(stops).toMatchObject([
    { kind: "pickup", tripNumber: first.number, load: { wheelchair: 1 } },
    { kind: "dropoff", tripId: first.id, load: { wheelchair: 0 } },
    { kind: "pickup", tripId: second.id },
    { kind: "dropoff", tripId: second.id },
  ]);
  const [p1, d1, p2, d2] = stops.map(({ id }) => id) as [string, string, string, string];
  const to = (stopIds: string[], version = manifestVersion) =>
    reorderStops(dispatcher, { shiftId: shift.id, stopIds, manifestVersion: version });
  await expect(to([d1, p1, p2, d2])).rejects.toMatchObject({ reasons: [{ code: "dropoff_before_pickup" }] });
  await expect(to([p1, d1, p2])).rejects.toMatchObject({ reasons: [{ code: "not_the_same_stops" }] });
  const shared = await to([p1, p2, d1, d2]);
  expect(shared.stops.map(({ id }) => id)).toEqual([p1, p2, d1, d2]);
  await expect(to([p2, d2, p1, d1])).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "stale", current: { manifestVersion: manifestVersion + 1 } }],
  });
  expect(await auditOf(database, shift.id)).toContain("unit.reorder");
  expect(await announcedTo(database, agencyId)).toContain("unit.changed ON_TRIP");
  const stranger = await aDispatch(database);
  await expect(getUnitManifest(stranger.dispatcher, { shiftId: shift.id })).rejects.toMatchObject({
    code: "not_found",
  });
});
