import { and, asc, eq } from "drizzle-orm";
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
  minutesAfter,
  NOW,
} from "@/db/testing/dispatch";
import { acknowledgeDelivery } from "./acknowledge-delivery";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { correctEvent } from "./correct-event";
import { getTrip } from "./get-trip";
import { recordNoShow } from "./record-no-show";
import { reportStatus } from "./report-status";
import { swapUnit } from "./swap-unit";

const database = useTestDatabase();
const at = (minutes: number) => minutesAfter(NOW, minutes);

/** A trip that a unit was sent to at `NOW`. */
async function dispatched(vans = 1) {
  const scene = await aDispatch(database, vans);
  const trip = await aCall(scene.dispatcher);
  await assignTrip(scene.dispatcher, { tripId: trip.id, shiftId: scene.shift.id, mode: "dispatch" });
  return { ...scene, tripId: trip.id };
}
const openExceptions = (agencyId: string, kind: "late_report") =>
  database.owner
    .select()
    .from(schema.exceptions)
    .where(and(eq(schema.exceptions.agencyId, agencyId), eq(schema.exceptions.kind, kind)));

test("a crew takes a trip from dispatch to completion with a clock for each press", async () => {
  const { crew, tripId, shift, agencyId } = await dispatched();
  const presses = ["acknowledged", "en_route", "at_pickup", "loaded", "at_dropoff", "completed"] as const;
  for (const [i, status] of presses.entries()) await reportStatus(later(crew, i + 1), { tripId, status });
  const done = await getTrip(later(crew, 7), { tripId });
  expect(done).toMatchObject({
    status: "completed",
    publicStatus: "COMPLETED",
    outcome: "transported",
    missed: [],
    version: 8,
    times: {
      dispatchedAt: NOW,
      acknowledgedAt: at(1),
      enRouteAt: at(2),
      atPickupAt: at(3),
      loadedAt: at(4),
      atDropoffAt: at(5),
      completedAt: at(6),
      clearedAt: at(6),
    },
  });
  expect(await historyOf(database, tripId)).toEqual([
    "booked requested",
    "assigned dispatched",
    ...presses.map((status) => `status ${status}`),
  ]);
  expect((await auditOf(database, tripId)).slice(2)).toEqual(presses.map((status) => `trip.status.${status}`));
  const told = await announcedTo(database, agencyId);
  expect(told).toContain("status completed");
  expect(told.at(-1)).toBe("unit.changed ONLINE");
  const stops = await database.owner.select().from(schema.stops).where(eq(schema.stops.shiftId, shift.id));
  expect(stops.map((stop) => [stop.kind, stop.arrivedAt, stop.departedAt])).toEqual([
    ["pickup", at(3), at(4)],
    ["dropoff", at(5), at(6)],
  ]);
});

test("a simple client skips: what it skipped stays empty and is flagged", async () => {
  const { crew, tripId } = await dispatched();
  for (const status of ["EN_ROUTE", "ARRIVED", "IN_PROGRESS", "COMPLETED"] as const)
    await reportStatus(crew, { tripId, status });
  const done = await getTrip(crew, { tripId });
  expect(done).toMatchObject({
    missed: ["acknowledged", "at_dropoff"],
    times: { acknowledgedAt: null, atDropoffAt: null },
  });
});

test("the same again is no event; backwards is refused with what is allowed; another crew is refused", async () => {
  const { crew, tripId, agencyId } = await dispatched();
  const arrived = await reportStatus(crew, { tripId, status: "ARRIVED" });
  expect(await reportStatus(crew, { tripId, status: "at_pickup" })).toMatchObject({ version: arrived.version });
  await expect(reportStatus(crew, { tripId, status: "en_route" })).rejects.toMatchObject({
    code: "rule_broken",
    reasons: ["loaded", "at_dropoff", "completed", "no_show", "not_transported"].map((code) => ({ code })),
  });
  const other = await aVan(database, agencyId);
  await expect(reportStatus(other.crew, { tripId, status: "loaded" })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await aDispatch(database);
  await expect(reportStatus(stranger.dispatcher, { tripId, status: "loaded" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await historyOf(database, tripId)).toHaveLength(3);
});

test("a press sent twice counts once, also when both arrive at the same moment", async () => {
  const { crew, tripId } = await dispatched();
  const press = { tripId, status: "en_route" as const, clientEventId: "phone-1-7" };
  const [first, second] = await Promise.all([reportStatus(crew, press), reportStatus(crew, press)]);
  expect(first?.version).toBe(second?.version);
  await reportStatus(crew, { tripId, status: "at_pickup" });
  expect(await reportStatus(later(crew, 600), press)).toMatchObject({ status: "at_pickup" });
  expect(await historyOf(database, tripId)).toHaveLength(4);
  const elsewhere = await dispatched();
  expect(await reportStatus(elsewhere.crew, { ...press, tripId: elsewhere.tripId })).toMatchObject({
    status: "en_route",
  });
});

test("presses kept without signal arrive in order with their own times; a skipped one may come later", async () => {
  const { crew, tripId } = await dispatched();
  const back = later(crew, 30);
  await reportStatus(back, { tripId, status: "en_route", at: at(2) });
  await reportStatus(back, { tripId, status: "loaded", at: at(20) });
  const filled = await reportStatus(back, { tripId, status: "at_pickup", at: at(12) });
  expect(filled).toMatchObject({
    status: "loaded",
    missed: ["acknowledged"],
    times: { enRouteAt: at(2), atPickupAt: at(12), loadedAt: at(20) },
  });
  await expect(reportStatus(back, { tripId, status: "at_dropoff", at: at(19) })).rejects.toMatchObject({
    reasons: [{ path: "at", code: "before_previous" }],
  });
  await expect(reportStatus(back, { tripId, status: "at_dropoff", at: at(33) })).rejects.toMatchObject({
    reasons: [{ path: "at", code: "in_future" }],
  });
});

test("what a crew pressed before its trip was taken away is kept, applied or raised", async () => {
  const { crew, dispatcher, tripId, agencyId, units } = await dispatched(2);
  await swapUnit(later(dispatcher, 10), { tripId, shiftId: units[1]?.shift.id ?? "", reason: "no signal" });
  const back = later(crew, 20);
  const applied = await reportStatus(back, { tripId, status: "en_route", at: at(3) });
  expect(applied.assignments[0]).toMatchObject({ endReason: "swapped", times: { enRouteAt: at(3) } });
  expect(applied).toMatchObject({ status: "dispatched" });
  expect(await openExceptions(agencyId, "late_report")).toEqual([]);
  await reportStatus(back, { tripId, status: "loaded", at: at(9), clientEventId: "late-1" });
  expect(await openExceptions(agencyId, "late_report")).toMatchObject([{ subjectId: tripId }]);
  expect((await historyOf(database, tripId)).filter((one) => one.startsWith("late_report"))).toEqual([
    "late_report en_route",
    "late_report loaded",
  ]);
  await expect(reportStatus(back, { tripId, status: "at_pickup" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(reportStatus(back, { tripId, status: "at_pickup", at: at(15) })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a report for a trip that was cancelled meanwhile is kept beside it", async () => {
  const { crew, dispatcher, tripId, agencyId } = await dispatched();
  await cancelTrip(later(dispatcher, 10), { tripId, reason: "rider cancelled" });
  const kept = await reportStatus(later(crew, 20), { tripId, status: "loaded", at: at(9) });
  expect(kept).toMatchObject({ status: "cancelled", outcome: "cancelled_en_route" });
  expect(await openExceptions(agencyId, "late_report")).toHaveLength(1);
});

test("the delivery ladder keeps each step's first time", async () => {
  const { crew, tripId } = await dispatched();
  await acknowledgeDelivery(later(crew, 1), { tripId, step: "on_phone" });
  await acknowledgeDelivery(later(crew, 2), { tripId, step: "seen" });
  const seen = await acknowledgeDelivery(later(crew, 3), { tripId, step: "seen" });
  expect(seen.assignment?.delivery).toEqual({ sentAt: NOW, onPhoneAt: at(1), seenAt: at(2) });
  expect(await acknowledgeDelivery(later(crew, 4), { tripId, step: "acknowledged" })).toMatchObject({
    times: { acknowledgedAt: at(4) },
  });
});

test("a crew takes its own press back within 2 minutes; a dispatcher later, with a reason", async () => {
  const { crew, dispatcher, tripId } = await dispatched();
  await reportStatus(crew, { tripId, status: "en_route" });
  await reportStatus(later(crew, 1), { tripId, status: "at_pickup" });
  const back = await correctEvent(later(crew, 2), { tripId, event: "at_pickup" });
  expect(back).toMatchObject({ status: "en_route", times: { atPickupAt: null } });
  await expect(correctEvent(later(crew, 4), { tripId, event: "en_route" })).rejects.toMatchObject({
    reasons: [{ code: "too_late" }],
  });
  await expect(correctEvent(later(dispatcher, 4), { tripId, event: "EN_ROUTE" })).rejects.toMatchObject({
    reasons: [{ path: "reason", code: "required" }],
  });
  const retimed = await correctEvent(later(dispatcher, 4), {
    tripId,
    event: "en_route",
    at: at(0.5),
    reason: "radio log",
  });
  expect(retimed).toMatchObject({ status: "en_route", times: { enRouteAt: at(0.5) } });
  const rows = await database.owner
    .select()
    .from(schema.tripEvents)
    .where(and(eq(schema.tripEvents.tripId, tripId), eq(schema.tripEvents.kind, "corrected")))
    .orderBy(asc(schema.tripEvents.recordedAt));
  expect(rows.map((row) => row.data)).toMatchObject([
    { event: "at_pickup", was: at(1).toISOString(), to: null, back: "en_route" },
    { event: "en_route", was: NOW.toISOString(), to: at(0.5).toISOString() },
  ]);
  expect(JSON.stringify(rows)).not.toContain("radio log");
  expect(await auditOf(database, tripId)).toContain("trip.correct");
});

test("a completion pressed by mistake is taken back, unless the unit is on another trip since", async () => {
  const { crew, dispatcher, tripId, shift } = await dispatched();
  await reportStatus(crew, { tripId, status: "loaded" });
  await reportStatus(crew, { tripId, status: "completed" });
  const open = await correctEvent(later(crew, 1), { tripId, event: "completed" });
  expect(open).toMatchObject({ status: "loaded", outcome: null, times: { completedAt: null, clearedAt: null } });
  await reportStatus(later(crew, 2), { tripId, status: "completed" });
  const next = await aCall(dispatcher);
  await assignTrip(later(dispatcher, 3), { tripId: next.id, shiftId: shift.id, mode: "dispatch" });
  const late = correctEvent(later(dispatcher, 4), { tripId, event: "completed", reason: "wrong press" });
  await expect(late).rejects.toMatchObject({ code: "unit_busy" });
});

test("a no-show keeps arrival, minutes waited and calls, and can be taken back", async () => {
  const { crew, dispatcher, tripId, shift } = await dispatched();
  await expect(recordNoShow(crew, { tripId })).rejects.toMatchObject({ code: "rule_broken" });
  await reportStatus(later(crew, 5), { tripId, status: "at_pickup" });
  const gone = await recordNoShow(later(crew, 20), { tripId, callAttempts: 2 });
  expect(gone).toMatchObject({
    status: "no_show",
    publicStatus: "NO_SHOW",
    outcome: "no_show",
    assignment: null,
    evidence: { arrivedAt: at(5).toISOString(), waitedMinutes: 15, callAttempts: 2 },
    times: { atPickupAt: at(5), clearedAt: at(20) },
  });
  const open = await correctEvent(later(dispatcher, 22), { tripId, event: "no_show", reason: "rider came out" });
  expect(open).toMatchObject({ status: "at_pickup", outcome: null, assignment: { shiftId: shift.id } });
  expect(await reportStatus(later(crew, 23), { tripId, status: "loaded" })).toMatchObject({ status: "loaded" });
});

test("a refusal without a reason leaves the outcome open instead of inventing one", async () => {
  const { crew, tripId } = await dispatched();
  await reportStatus(crew, { tripId, status: "at_pickup" });
  expect(await reportStatus(crew, { tripId, status: "not_transported" })).toMatchObject({ outcome: null });
});
