import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import {
  aCall,
  aDispatch,
  announcedTo,
  auditOf,
  aVan,
  historyOf,
  later,
  manifestNow,
  minutesAfter,
  NOW,
} from "@/db/testing/dispatch";
import { aPosition, aShift, aVehicle } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { assignTrip } from "./assign-trip";
import { getTrip } from "./get-trip";
import { listCandidates } from "./list-candidates";
import { recallTrip } from "./recall-trip";
import { reportStatus } from "./report-status";
import { returnTrip } from "./return-trip";
import { unassignTrip } from "./unassign-trip";

const database = useTestDatabase();

test("a dispatch tells the unit, freezes the priority, fills the manifest and is audited", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  await aPosition(database.owner, agencyId, shift.vehicleId);
  const trip = await aCall(dispatcher);
  const sent = await assignTrip(dispatcher, { tripId: trip.id, vehicleId: shift.vehicleId, mode: "dispatch" });
  expect(sent).toMatchObject({
    status: "dispatched",
    publicStatus: "PENDING",
    version: 2,
    priorityAtDispatch: "urgent",
    assignment: {
      shiftId: shift.id,
      vehicleId: shift.vehicleId,
      mode: "dispatch",
      status: "dispatched",
      levelSent: "wheelchair",
    },
    times: { dispatchedAt: NOW, acknowledgedAt: null },
  });
  expect(sent.assignment?.delivery).toEqual({ sentAt: NOW, onPhoneAt: null, seenAt: null });
  expect(sent.channel).not.toBe(trip.channel);
  expect(sent.etaPickupAt?.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
  expect(sent.etaDropoffAt?.getTime()).toBeGreaterThan(sent.etaPickupAt?.getTime() ?? Infinity);
  expect(await manifestNow(database, shift.id)).toEqual([`pickup ${trip.id}`, `dropoff ${trip.id}`]);
  expect(await historyOf(database, trip.id)).toEqual(["booked requested", "assigned dispatched"]);
  expect(await auditOf(database, trip.id)).toEqual(["trip.book", "trip.dispatch"]);
  expect(await announcedTo(database, agencyId)).toContain("unit.changed ON_TRIP");
});

test("the same again is the same; a reservation becomes a dispatch on the same assignment", async () => {
  const { dispatcher, shift } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  const to = { tripId: trip.id, shiftId: shift.id };
  const held = await assignTrip(dispatcher, { ...to, mode: "reserve" });
  expect(held).toMatchObject({ status: "reserved", publicStatus: "PENDING", times: { dispatchedAt: null } });
  expect(await assignTrip(dispatcher, { ...to, mode: "reserve" })).toMatchObject({ version: 2 });
  const sent = await assignTrip(dispatcher, { ...to, mode: "dispatch" });
  expect(sent.assignment?.id).toBe(held.assignment?.id);
  expect(sent.assignments).toHaveLength(1);
  expect(await manifestNow(database, shift.id)).toHaveLength(2);
});

test("a reservation does not make the unit busy; a dispatch to a busy unit is unit_busy, stacking it is not", async () => {
  const { dispatcher, crew, shift, agencyId } = await aDispatch(database);
  const at = minutesAfter(NOW, 180);
  const future = await aCall(dispatcher, { pickup: { lat: 40.6, lon: -89.3, at: at.toISOString() } });
  await assignTrip(dispatcher, { tripId: future.id, shiftId: shift.id, mode: "reserve" });
  const first = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: first.id, shiftId: shift.id, mode: "dispatch" });
  const second = await aCall(dispatcher);
  const again = { tripId: second.id, shiftId: shift.id };
  await expect(assignTrip(dispatcher, { ...again, mode: "dispatch" })).rejects.toMatchObject({ code: "unit_busy" });
  expect(await assignTrip(dispatcher, { ...again, mode: "stack" })).toMatchObject({
    status: "reserved",
    assignment: { mode: "stack" },
  });
  const order = [first.id, second.id, future.id].flatMap((id) => [`pickup ${id}`, `dropoff ${id}`]);
  expect(await manifestNow(database, shift.id)).toEqual(order);
  const done = await reportStatus(crew, { tripId: first.id, status: "COMPLETED" });
  expect(done).toMatchObject({
    status: "completed",
    outcome: "transported",
    times: { completedAt: NOW, clearedAt: NOW },
  });
  expect(await getTrip(dispatcher, { tripId: second.id })).toMatchObject({
    status: "dispatched",
    times: { dispatchedAt: NOW },
  });
  expect(await historyOf(database, second.id)).toEqual(["booked requested", "assigned reserved", "status dispatched"]);
  expect(await announcedTo(database, agencyId)).toContain("unit.changed ON_TRIP");
});

test("a shared ride is told at once, fits beside who is aboard, and is refused when it does not", async () => {
  const { dispatcher, crew, shift } = await aDispatch(database);
  const first = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: first.id, shiftId: shift.id, mode: "dispatch" });
  await reportStatus(crew, { tripId: first.id, status: "loaded" });
  const second = await aCall(dispatcher, { pickup: { lat: 40.63, lon: -89.37 }, dropoff: { lat: 40.65, lon: -89.34 } });
  const shared = await assignTrip(dispatcher, { tripId: second.id, shiftId: shift.id, mode: "aboard" });
  expect(shared).toMatchObject({ status: "dispatched", assignment: { mode: "aboard" } });
  expect(await manifestNow(database, shift.id)).toEqual([
    `pickup ${second.id}`,
    `dropoff ${second.id}`,
    `dropoff ${first.id}`,
  ]);
  const many = await aCall(dispatcher, { passengers: 3 });
  await expect(assignTrip(dispatcher, { tripId: many.id, shiftId: shift.id, mode: "aboard" })).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ code: "places_full" }],
  });
  const left = await reportStatus(crew, { tripId: second.id, status: "completed" });
  expect(left.times.clearedAt).toBeNull();
  const last = await reportStatus(later(crew, 9), { tripId: first.id, status: "completed" });
  expect(last.times.clearedAt).toEqual(minutesAfter(NOW, 9));
  expect((await getTrip(dispatcher, { tripId: second.id })).times.clearedAt).toEqual(minutesAfter(NOW, 9));
});

test("every blocker is named at once; a reason overrides judgement, not seats or shifts", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  await aPosition(database.owner, agencyId, shift.vehicleId, { takenAt: minutesAfter(NOW, -15) });
  const trip = await aCall(dispatcher, { level: "als", needs: ["two_crew"] });
  const to = { tripId: trip.id, shiftId: shift.id, mode: "dispatch" as const };
  await expect(assignTrip(dispatcher, to)).rejects.toMatchObject({
    code: "rule_broken",
    reasons: ["level_unmet", "places_full", "stale_position", "crew_too_small"].map((code) => ({ code })),
  });
  await expect(assignTrip(dispatcher, { ...to, override: { reason: "only one near" } })).rejects.toMatchObject({
    reasons: [{ code: "places_full" }],
  });
  const seated = await aCall(dispatcher, { level: "als", passengers: { wheelchair: 1 } });
  const sent = await assignTrip(dispatcher, { ...to, tripId: seated.id, override: { reason: "only one near" } });
  expect(sent.assignment).toMatchObject({ levelSent: "wheelchair" });
  const off = await aShift(database.owner, agencyId, { signedOnAt: null });
  await expect(assignTrip(dispatcher, { ...to, shiftId: off.id, override: { reason: "x" } })).rejects.toMatchObject({
    reasons: expect.arrayContaining([expect.objectContaining({ code: "off_shift" })]),
  });
});

test("a vehicle without a shift is off_shift; unknown and foreign units are named with their path", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const stranger = await aDispatch(database);
  const trip = await aCall(dispatcher);
  const idle = await aVehicle(database.owner, agencyId);
  const cases: [object, object][] = [
    [{ vehicleId: idle.id }, { path: "vehicleId", code: "off_shift" }],
    [{ vehicleId: stranger.shift.vehicleId }, { path: "vehicleId", code: "unknown" }],
    [{ shiftId: stranger.shift.id }, { path: "shiftId", code: "unknown" }],
    [{ shiftId: newId() }, { path: "shiftId", code: "unknown" }],
  ];
  for (const [unit, reason] of cases) {
    const refused = assignTrip(dispatcher, { tripId: trip.id, mode: "dispatch", ...unit });
    await expect(refused).rejects.toMatchObject({ code: "rule_broken", reasons: [reason] });
  }
  const theirs = assignTrip(stranger.dispatcher, { tripId: trip.id, shiftId: stranger.shift.id, mode: "dispatch" });
  await expect(theirs).rejects.toMatchObject({ code: "not_found" });
  expect(await historyOf(database, trip.id)).toEqual(["booked requested"]);
});

test("two dispatchers send two units to one trip: one wins, the other is told who has it", async () => {
  const { dispatcher, units } = await aDispatch(database, 2);
  const trip = await aCall(dispatcher);
  const settled = await Promise.allSettled(
    units.map(({ shift }) => assignTrip(dispatcher, { tripId: trip.id, shiftId: shift.id, mode: "dispatch" })),
  );
  const won = settled.find((one) => one.status === "fulfilled");
  const lost = settled.find((one) => one.status === "rejected");
  expect(lost?.reason).toMatchObject({
    code: "conflict",
    reasons: [{ code: "already_assigned", current: { status: "dispatched" } }],
  });
  expect((await getTrip(dispatcher, { tripId: trip.id })).assignments).toHaveLength(1);
  expect(won?.value.version).toBe(2);
});

test("two dispatchers send one unit to two trips: one wins, and adding reservations at once loses none", async () => {
  const { dispatcher, shift } = await aDispatch(database);
  const trips = await Promise.all([aCall(dispatcher), aCall(dispatcher)]);
  const settled = await Promise.allSettled(
    trips.map(({ id }) => assignTrip(dispatcher, { tripId: id, shiftId: shift.id, mode: "dispatch" })),
  );
  expect(settled.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "unit_busy" });
  const more = await Promise.all([1, 2, 3, 4, 5].map(() => aCall(dispatcher)));
  await Promise.all(more.map(({ id }) => assignTrip(dispatcher, { tripId: id, shiftId: shift.id, mode: "stack" })));
  const manifest = await manifestNow(database, shift.id);
  expect(manifest).toHaveLength(12);
  expect(new Set(manifest).size).toBe(12);
  const [row] = await database.owner.select().from(schema.shifts).where(eq(schema.shifts.id, shift.id));
  expect(row?.manifestVersion).toBe(7);
});

test("a stale version is refused with the trip as it is", async () => {
  const { dispatcher, units } = await aDispatch(database, 2);
  const trip = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: units[0]?.shift.id ?? "", mode: "reserve", version: 1 });
  const stale = assignTrip(dispatcher, {
    tripId: trip.id,
    shiftId: units[1]?.shift.id ?? "",
    mode: "reserve",
    version: 1,
  });
  await expect(stale).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ path: "version", code: "stale", current: { version: 2 } }],
  });
});

test("unassign, recall and a crew giving it back put the trip on the board again and free the unit", async () => {
  const { dispatcher, crew, shift, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  const to = { tripId: trip.id, shiftId: shift.id, mode: "dispatch" as const };
  await assignTrip(dispatcher, to);
  const open = { status: "requested", assignment: null, times: { dispatchedAt: null } };
  expect(await recallTrip(dispatcher, { tripId: trip.id })).toMatchObject({
    ...open,
    assignments: [{ status: "ended", endReason: "recalled" }],
  });
  await assignTrip(dispatcher, to);
  expect(await unassignTrip(dispatcher, { tripId: trip.id, reason: "nearer unit" })).toMatchObject(open);
  await assignTrip(dispatcher, to);
  expect(await returnTrip(crew, { tripId: trip.id, reason: "ramp broken" })).toMatchObject(open);
  expect(await manifestNow(database, shift.id)).toEqual([]);
  expect((await historyOf(database, trip.id)).filter((one) => one.startsWith("unassigned"))).toEqual([
    "unassigned recalled",
    "unassigned unassigned",
    "unassigned returned",
  ]);
  expect((await announcedTo(database, agencyId)).at(-1)).toBe("unit.changed ONLINE");
  await expect(unassignTrip(dispatcher, { tripId: trip.id })).rejects.toMatchObject({
    reasons: [{ code: "not_assigned" }],
  });
  const other = await aVan(database, agencyId);
  await expect(returnTrip(other.crew, { tripId: trip.id, reason: "x" })).rejects.toMatchObject({ code: "forbidden" });
});

test("candidates are ranked by time with reasons; the others say what is in the way", async () => {
  const { dispatcher, agencyId, units } = await aDispatch(database, 3);
  const [near, far, busy] = units.map(({ shift }) => shift);
  if (!near || !far || !busy) throw new Error("three units");
  await aPosition(database.owner, agencyId, near.vehicleId, { location: { lng: -89.381, lat: 40.621 } });
  await aPosition(database.owner, agencyId, far.vehicleId, { location: { lng: -89.1, lat: 40.5 } });
  const other = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: other.id, shiftId: busy.id, mode: "dispatch" });
  const trip = await aCall(dispatcher);
  const { items, rejected } = await listCandidates(dispatcher, { tripId: trip.id });
  expect(items.map((one) => one.shiftId)).toEqual([near.id, far.id]);
  expect(items[0]).toMatchObject({
    engine: "baseline",
    reasons: expect.arrayContaining([expect.objectContaining({ code: "eta" })]),
  });
  expect(items[0]?.etaS).toBeLessThan(items[1]?.etaS ?? 0);
  expect(rejected).toMatchObject([{ shiftId: busy.id, etaS: null, blockers: [{ code: "busy", overridable: false }] }]);
  const elsewhere = await aDispatch(database);
  await expect(listCandidates(elsewhere.dispatcher, { tripId: trip.id })).rejects.toMatchObject({ code: "not_found" });
});
