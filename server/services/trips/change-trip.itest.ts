import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import {
  aCall,
  aDispatch,
  announcedTo,
  auditOf,
  historyOf,
  later,
  manifestNow,
  minutesAfter,
  NOW,
} from "@/db/testing/dispatch";
import { aFacility } from "@/db/testing/factories";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { divertTrip } from "./divert-trip";
import { editTrip } from "./edit-trip";
import { getTrip } from "./get-trip";
import { markReady } from "./mark-ready";
import { reportStatus } from "./report-status";
import { setOutcome } from "./set-outcome";
import { swapUnit } from "./swap-unit";

const database = useTestDatabase();
const at = (minutes: number) => minutesAfter(NOW, minutes);

async function dispatched(vans = 1, call: Parameters<typeof aCall>[1] = {}) {
  const scene = await aDispatch(database, vans);
  const trip = await aCall(scene.dispatcher, call);
  await assignTrip(scene.dispatcher, { tripId: trip.id, shiftId: scene.shift.id, mode: "dispatch" });
  return { ...scene, tripId: trip.id };
}

test("a cancellation's outcome is where the unit was; the unit is free and followers hear no more", async () => {
  const { dispatcher, crew, tripId, shift, agencyId } = await dispatched();
  const open = await getTrip(dispatcher, { tripId });
  await reportStatus(crew, { tripId, status: "at_pickup" });
  const gone = await cancelTrip(later(dispatcher, 12), { tripId, reason: "rider refused to come", callAttempts: 1 });
  expect(gone).toMatchObject({
    status: "cancelled",
    outcome: "cancelled_at_door",
    evidence: { waitedMinutes: 12, callAttempts: 1 },
    assignment: null,
    times: { atPickupAt: NOW, clearedAt: at(12) },
  });
  expect(gone.channel).not.toBe(open.channel);
  expect(await cancelTrip(dispatcher, { tripId, reason: "again" })).toMatchObject({ version: gone.version });
  expect(await manifestNow(database, shift.id)).toEqual([]);
  expect((await announcedTo(database, agencyId)).at(-1)).toBe("unit.changed ONLINE");
  expect((await historyOf(database, tripId)).at(-1)).toBe("status cancelled");
  expect((await auditOf(database, tripId)).at(-1)).toBe("trip.cancelled");
  const unsent = await aCall(dispatcher);
  expect(await cancelTrip(dispatcher, { tripId: unsent.id, reason: "x" })).toMatchObject({
    outcome: "cancelled_before_dispatch",
  });
});

test("with the rider aboard nothing is cancelled; a stranger cancels nothing", async () => {
  const { dispatcher, crew, tripId } = await dispatched();
  await reportStatus(crew, { tripId, status: "loaded" });
  await expect(cancelTrip(dispatcher, { tripId, reason: "x" })).rejects.toMatchObject({
    reasons: [{ code: "rider_aboard" }],
  });
  const stranger = await aDispatch(database);
  await expect(cancelTrip(stranger.dispatcher, { tripId, reason: "x" })).rejects.toMatchObject({ code: "not_found" });
});

test("a diversion at the door of a hospital sets out again, and that arrival stays in the events", async () => {
  const { dispatcher, crew, tripId, shift, agencyId } = await dispatched();
  const other = await aFacility(database.owner, agencyId, { location: { lng: -89.2, lat: 40.7 } });
  await reportStatus(crew, { tripId, status: "at_dropoff" });
  const before = await getTrip(dispatcher, { tripId });
  const diverted = await divertTrip(later(dispatcher, 3), {
    tripId,
    dropoff: { facilityId: other.id },
    reason: "on divert",
  });
  expect(diverted).toMatchObject({ status: "loaded", dropoff: { facilityId: other.id }, times: { atDropoffAt: null } });
  expect(diverted.distanceM).toBeGreaterThan(before.distanceM ?? Infinity);
  expect(await manifestNow(database, shift.id)).toEqual([`dropoff ${tripId}`]);
  expect((await historyOf(database, tripId)).at(-1)).toBe("diverted at_dropoff");
  const back = { lat: before.pickup.lat, lon: before.pickup.lon };
  await divertTrip(later(dispatcher, 4), { tripId, dropoff: back, reason: "nobody home" });
  expect(await reportStatus(later(crew, 30), { tripId, status: "completed" })).toMatchObject({
    outcome: "returned_to_origin",
  });
  await expect(divertTrip(dispatcher, { tripId, dropoff: back, reason: "x" })).rejects.toMatchObject({
    reasons: [{ code: "not_under_way" }],
  });
});

test("another unit takes over with clocks of its own; the first one is free", async () => {
  const { dispatcher, crew, tripId, units, agencyId } = await dispatched(2);
  const second = units[1];
  if (!second) throw new Error("two units");
  await reportStatus(later(crew, 1), { tripId, status: "en_route" });
  const swapped = await swapUnit(later(dispatcher, 5), { tripId, shiftId: second.shift.id, reason: "flat tyre" });
  expect(swapped).toMatchObject({
    status: "dispatched",
    assignment: { shiftId: second.shift.id },
    times: { dispatchedAt: at(5), enRouteAt: null },
    assignments: [
      { status: "ended", endReason: "swapped", times: { enRouteAt: at(1), clearedAt: at(5) } },
      { status: "dispatched" },
    ],
  });
  expect(await manifestNow(database, units[0]?.shift.id ?? "")).toEqual([]);
  expect(await manifestNow(database, second.shift.id)).toHaveLength(2);
  expect((await announcedTo(database, agencyId)).filter((one) => one.startsWith("unit.changed")).slice(-2)).toEqual([
    "unit.changed ON_TRIP",
    "unit.changed ONLINE",
  ]);
  const busy = await aCall(dispatcher);
  await assignTrip(later(dispatcher, 6), { tripId: busy.id, shiftId: units[0]?.shift.id ?? "", mode: "dispatch" });
  const back = swapUnit(later(dispatcher, 7), { tripId, shiftId: units[0]?.shift.id ?? "", reason: "x" });
  await expect(back).rejects.toMatchObject({ code: "unit_busy" });
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({
    assignment: { shiftId: second.shift.id },
    version: swapped.version,
  });
});

test("a call without a drop-off is loaded only once it has one", async () => {
  const { dispatcher, crew, tripId, shift } = await dispatched(1, { dropoff: undefined });
  await reportStatus(crew, { tripId, status: "at_pickup" });
  await expect(reportStatus(crew, { tripId, status: "loaded" })).rejects.toMatchObject({
    reasons: [{ path: "dropoff", code: "no_destination" }],
  });
  const { version } = await getTrip(dispatcher, { tripId });
  await editTrip(dispatcher, { tripId, version, dropoff: { lat: 40.7, lon: -89.3 } });
  expect(await manifestNow(database, shift.id)).toEqual([`pickup ${tripId}`, `dropoff ${tripId}`]);
  expect(await reportStatus(crew, { tripId, status: "loaded" })).toMatchObject({ status: "loaded" });
});

test("an edit that the unit can't serve is refused, and a closed trip is not edited", async () => {
  const { dispatcher, crew, tripId } = await dispatched();
  const edit = (version: number, level: "als" | "ambulatory" | "wheelchair") =>
    editTrip(dispatcher, { tripId, version, level });
  await expect(edit(2, "als")).rejects.toMatchObject({ reasons: [{ code: "level_unmet" }, { code: "places_full" }] });
  expect(await edit(2, "ambulatory")).toMatchObject({ passengers: { ambulatory: 1, wheelchair: 0 } });
  await reportStatus(crew, { tripId, status: "completed" });
  await expect(edit(4, "wheelchair")).rejects.toMatchObject({ reasons: [{ code: "trip_not_open" }] });
});

test("an outcome must fit, and its change keeps the old one", async () => {
  const { dispatcher, crew, tripId } = await dispatched();
  await reportStatus(crew, { tripId, status: "at_pickup" });
  const refused = await reportStatus(crew, { tripId, status: "NOT_TRANSPORTED", outcome: "treated_no_transport" });
  expect(refused).toMatchObject({ status: "not_transported", outcome: "treated_no_transport" });
  await expect(setOutcome(dispatcher, { tripId, outcome: "transported" })).rejects.toMatchObject({
    code: "rule_broken",
  });
  expect(await setOutcome(dispatcher, { tripId, outcome: "no_patient" })).toMatchObject({ outcome: "no_patient" });
  expect((await historyOf(database, tripId)).at(-1)).toBe("outcome not_transported");
});

test("a will-call trip has no promise until its rider is ready", async () => {
  const { dispatcher } = await aDispatch(database);
  const trip = await aCall(dispatcher, { timing: "will_call" });
  expect(trip).toMatchObject({ timing: "will_call", promised: { pickupAt: null }, priority: "urgent" });
  const ready = await markReady(later(dispatcher, 90), { tripId: trip.id });
  expect(ready).toMatchObject({ readyAt: at(90), promised: { pickupAt: at(120) } });
  expect(await markReady(later(dispatcher, 95), { tripId: trip.id })).toMatchObject({ readyAt: at(90) });
  const asap = await aCall(dispatcher);
  await expect(markReady(dispatcher, { tripId: asap.id })).rejects.toMatchObject({
    reasons: [{ code: "not_will_call" }],
  });
});
