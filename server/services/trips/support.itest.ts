import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
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
import { getManifest } from "@/server/services/drive/get-manifest";
import { acknowledgeDelivery } from "./acknowledge-delivery";
import { addSupport } from "./add-support";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { correctEvent } from "./correct-event";
import { editTrip } from "./edit-trip";
import { getBoard } from "./get-board";
import { getTrip } from "./get-trip";
import { listCandidates } from "./list-candidates";
import { removeSupport } from "./remove-support";
import { reportStatus } from "./report-status";
import { swapUnit } from "./swap-unit";
import { unassignTrip } from "./unassign-trip";

const database = useTestDatabase();
const at = (minutes: number) => minutesAfter(NOW, minutes);

/** A trip that the first van was sent to, with the second one helping. */
async function supported(vans = 2) {
  const scene = await aDispatch(database, vans);
  const { dispatcher, units } = scene;
  const [carrier, helper, third] = units;
  if (!carrier || !helper) throw new Error("the scene needs two units");
  const { id: tripId } = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId, shiftId: carrier.shift.id, mode: "dispatch" });
  const trip = await addSupport(dispatcher, { tripId, shiftId: helper.shift.id, role: "assist" });
  const support = trip.assignments.find(({ role }) => role === "assist");
  if (!support) throw new Error("the trip is not supported");
  return { ...scene, carrier, helper, third, tripId, trip, support };
}
type Scene = Awaited<ReturnType<typeof supported>>;

const supportOf = async ({ dispatcher, tripId, support }: Pick<Scene, "dispatcher" | "tripId" | "support">) =>
  (await getTrip(dispatcher, { tripId })).assignments.find(({ id }) => id === support.id);

test("a supporting unit is told, is busy, has the scene on its manifest, and leaves the trip as it is", async () => {
  const { agencyId, dispatcher, helper, carrier, tripId, trip, support } = await supported();
  expect(trip).toMatchObject({ status: "dispatched", assignment: { shiftId: carrier.shift.id, role: "transport" } });
  expect(support).toMatchObject({ status: "dispatched", current: true, times: { dispatchedAt: NOW } });
  expect(await manifestNow(database, helper.shift.id)).toEqual([`wait ${tripId}`]);
  expect(await historyOf(database, tripId)).toEqual(["booked requested", "assigned dispatched", "assigned dispatched"]);
  expect(await auditOf(database, tripId)).toEqual(["trip.book", "trip.dispatch", "trip.support"]);
  expect((await announcedTo(database, agencyId)).at(-1)).toBe("unit.changed ON_TRIP");
  const board = await getBoard(dispatcher, { limit: 50 });
  expect(board.trips).toMatchObject([{ id: tripId, supports: [{ shiftId: helper.shift.id, role: "assist" }] }]);
  expect(board.units.find(({ shiftId }) => shiftId === helper.shift.id)).toMatchObject({ availability: "ON_TRIP" });
});

test("the crew that helps sees the trip and its rider, and its presses move its own clocks only", async () => {
  const scene = await supported();
  const { helper, tripId, dispatcher } = scene;
  const run = await getManifest(helper.crew);
  expect(run.trips).toMatchObject([{ id: tripId, riderName: "Ada Lovelace" }]);
  expect(run.stops.map(({ kind }) => kind)).toEqual(["wait"]);
  await acknowledgeDelivery(later(helper.crew, 1), { tripId, step: "seen" });
  await reportStatus(later(helper.crew, 2), { tripId, status: "EN_ROUTE" });
  await reportStatus(later(helper.crew, 5), { tripId, status: "at_pickup" });
  await reportStatus(later(helper.crew, 5), { tripId, status: "at_pickup" });
  expect(await supportOf(scene)).toMatchObject({
    status: "at_pickup",
    delivery: { seenAt: at(1) },
    times: { enRouteAt: at(2), atPickupAt: at(5), loadedAt: null },
    missed: ["acknowledged"],
  });
  await reportStatus(later(helper.crew, 9), { tripId, status: "completed" });
  expect(await supportOf(scene)).toMatchObject({
    status: "completed",
    times: { completedAt: at(9), clearedAt: at(9) },
  });
  const trip = await getTrip(dispatcher, { tripId });
  expect(trip).toMatchObject({ status: "dispatched", assignment: { delivery: { seenAt: null } }, missed: [] });
  expect(trip.times).toMatchObject({ enRouteAt: null, completedAt: null });
  expect(await manifestNow(database, helper.shift.id)).toEqual([]);
  expect((await historyOf(database, tripId)).slice(3)).toEqual([
    "delivery seen",
    "status en_route",
    "status at_pickup",
    "status completed",
  ]);
  expect((await auditOf(database, tripId)).slice(3)).toEqual([
    "trip.delivery",
    "trip.support_status.en_route",
    "trip.support_status.at_pickup",
    "trip.support_status.completed",
  ]);
  const none = await database.owner.select().from(schema.exceptions).where(eq(schema.exceptions.tripId, tripId));
  expect(none).toEqual([]);
});

test("a supporting unit neither loads the rider nor ends the trip", async () => {
  const { helper, tripId } = await supported();
  await reportStatus(later(helper.crew, 2), { tripId, status: "ARRIVED" });
  for (const status of ["loaded", "no_show", "not_transported"] as const) {
    await expect(reportStatus(later(helper.crew, 3), { tripId, status })).rejects.toMatchObject({
      code: "rule_broken",
      reasons: [{ path: "status" }],
    });
  }
});

test("a dispatcher reports for a supporting unit that is named, and for the carrier without a name", async () => {
  const scene = await supported();
  const { dispatcher, tripId, support } = scene;
  await reportStatus(later(dispatcher, 1), { tripId, status: "en_route", assignmentId: support.id });
  await reportStatus(later(dispatcher, 2), { tripId, status: "acknowledged" });
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({ status: "acknowledged" });
  expect(await supportOf(scene)).toMatchObject({ status: "en_route" });
  const other = await aCall(dispatcher);
  await expect(
    reportStatus(dispatcher, { tripId: other.id, status: "en_route", assignmentId: support.id }),
  ).rejects.toMatchObject({ code: "rule_broken", reasons: [{ path: "assignmentId", code: "unknown" }] });
});

test("a supporting unit that is sent home keeps its clocks and is free; asking twice changes nothing", async () => {
  const scene = await supported();
  const { agencyId, dispatcher, helper, tripId, support } = scene;
  await reportStatus(later(helper.crew, 2), { tripId, status: "en_route" });
  const input = { tripId, assignmentId: support.id, reason: "not needed" };
  await removeSupport(later(dispatcher, 4), input);
  const again = await removeSupport(later(dispatcher, 5), input);
  expect(await supportOf(scene)).toMatchObject({
    status: "ended",
    current: false,
    endReason: "released",
    endedAt: at(4),
    times: { enRouteAt: at(2), clearedAt: at(4) },
  });
  expect(again.version).toBe((await getTrip(dispatcher, { tripId })).version);
  expect(await manifestNow(database, helper.shift.id)).toEqual([]);
  expect((await historyOf(database, tripId)).at(-1)).toBe("unassigned released");
  expect((await auditOf(database, tripId)).at(-1)).toBe("trip.support_release");
  expect((await announcedTo(database, agencyId)).at(-1)).toBe("unit.changed ONLINE");
});

test("a press that a crew made before it was sent home arrives late and is kept on its own assignment", async () => {
  const scene = await supported();
  const { dispatcher, helper, tripId, support } = scene;
  await removeSupport(later(dispatcher, 6), { tripId, assignmentId: support.id });
  await reportStatus(later(helper.crew, 8), { tripId, status: "at_pickup", at: at(5) });
  expect(await supportOf(scene)).toMatchObject({ status: "ended", times: { atPickupAt: at(5) } });
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({ status: "dispatched", times: { atPickupAt: null } });
});

test("what supports a trip is over when the trip is cancelled or completed, each with its reason", async () => {
  const cancelled = await supported();
  await cancelTrip(later(cancelled.dispatcher, 3), { tripId: cancelled.tripId, reason: "called off" });
  expect(await supportOf(cancelled)).toMatchObject({ status: "ended", endReason: "cancelled", endedAt: at(3) });
  expect(await manifestNow(database, cancelled.helper.shift.id)).toEqual([]);
  const done = await supported();
  await reportStatus(later(done.helper.crew, 2), { tripId: done.tripId, status: "at_pickup" });
  await reportStatus(later(done.carrier.crew, 9), { tripId: done.tripId, status: "completed" });
  expect(await supportOf(done)).toMatchObject({ status: "ended", endReason: "trip_completed", endedAt: at(9) });
  expect(await getTrip(done.dispatcher, { tripId: done.tripId })).toMatchObject({
    status: "completed",
    times: { completedAt: at(9) },
  });
  expect((await historyOf(database, done.tripId)).slice(-2).toSorted()).toEqual([
    "status completed",
    "unassigned trip_completed",
  ]);
});

test("support outlives the carrier: a trip whose unit is taken off or swapped is still supported", async () => {
  const scene = await supported(3);
  const { dispatcher, tripId, third } = scene;
  await swapUnit(later(dispatcher, 1), { tripId, shiftId: third?.shift.id, reason: "nearer" });
  await unassignTrip(later(dispatcher, 2), { tripId });
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({ status: "requested", assignment: null });
  expect(await supportOf(scene)).toMatchObject({ status: "dispatched", current: true });
});

test("a helper that takes the rider itself helps no longer, and has the trip once in its run", async () => {
  const scene = await supported();
  const { dispatcher, helper, tripId } = scene;
  await reportStatus(later(helper.crew, 2), { tripId, status: "at_pickup" });
  await swapUnit(later(dispatcher, 3), { tripId, shiftId: helper.shift.id, reason: "it is there" });
  expect(await supportOf(scene)).toMatchObject({ status: "ended", endReason: "took_over" });
  expect(await manifestNow(database, helper.shift.id)).toEqual([`pickup ${tripId}`, `dropoff ${tripId}`]);
  expect((await getManifest(later(helper.crew, 3))).trips.map(({ id }) => id)).toEqual([tripId]);
  await reportStatus(later(helper.crew, 4), { tripId, status: "loaded" });
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({ status: "loaded" });
});

test("a unit's way to help says nothing of when the rider is picked up, and its stop follows the pickup", async () => {
  const { dispatcher, helper, tripId, trip } = await supported();
  const before = await getTrip(dispatcher, { tripId });
  await reportStatus(later(helper.crew, 2), { tripId, status: "at_pickup" });
  expect((await getTrip(dispatcher, { tripId })).etaPickupAt).toEqual(before.etaPickupAt);
  const { version } = await getTrip(dispatcher, { tripId });
  await editTrip(later(dispatcher, 3), {
    tripId,
    version,
    pickup: { address: "14 Hidden Lane", lat: 40.7, lon: -89.4 },
  });
  const [stop] = await database.owner.select().from(schema.stops).where(eq(schema.stops.shiftId, helper.shift.id));
  expect(stop).toMatchObject({ kind: "wait", tripId: trip.id, location: { lat: 40.7, lng: -89.4 } });
});

test("who is on the trip already, or on another one, is not sent to help; a lighter unit may be", async () => {
  const { dispatcher, carrier, helper, third, tripId } = await supported(3);
  if (!third) throw new Error("the scene needs a third unit");
  const add = (shiftId: string, role: "assist" | "supervisor", to = tripId) =>
    addSupport(later(dispatcher, 1), { tripId: to, shiftId, role });
  await expect(add(carrier.shift.id, "assist")).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "already_assigned" }],
  });
  await expect(add(helper.shift.id, "supervisor")).rejects.toMatchObject({ code: "conflict" });
  const { id: heavy } = await aCall(dispatcher, { level: "als" });
  await expect(add(helper.shift.id, "assist", heavy)).rejects.toMatchObject({ code: "unit_busy" });
  const names = await listCandidates(later(dispatcher, 1), { tripId, role: "assist" });
  expect(names.items.map(({ shiftId }) => shiftId)).toEqual([third.shift.id]);
  const trip = await add(third.shift.id, "supervisor", heavy);
  expect(trip).toMatchObject({ status: "requested", assignment: null, assignments: [{ role: "supervisor" }] });
  await cancelTrip(later(dispatcher, 2), { tripId: heavy, reason: "called off" });
  await expect(add(third.shift.id, "assist", heavy)).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ code: "trip_not_open" }],
  });
});

test("a crew that helps takes its own press back within two minutes, and nobody else's", async () => {
  const scene = await supported(3);
  const { helper, third, dispatcher, tripId } = scene;
  await reportStatus(later(scene.carrier.crew, 1), { tripId, status: "acknowledged" });
  await reportStatus(later(helper.crew, 2), { tripId, status: "en_route" });
  await reportStatus(later(helper.crew, 3), { tripId, status: "at_pickup" });
  await correctEvent(later(helper.crew, 4), { tripId, event: "at_pickup" });
  expect(await supportOf(scene)).toMatchObject({ status: "en_route", times: { enRouteAt: at(2), atPickupAt: null } });
  const own = (minutes: number, event: string) => correctEvent(later(helper.crew, minutes), { tripId, event });
  await expect(own(5, "en_route")).rejects.toMatchObject({ reasons: [{ path: "event", code: "too_late" }] });
  await expect(own(3, "acknowledged")).rejects.toMatchObject({ reasons: [{ path: "event", code: "not_recorded" }] });
  await expect(correctEvent(later(third?.crew ?? helper.crew, 3), { tripId, event: "en_route" })).rejects.toMatchObject(
    {
      code: "forbidden",
    },
  );
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({
    status: "acknowledged",
    times: { acknowledgedAt: at(1) },
  });
  expect((await historyOf(database, tripId)).at(-1)).toMatch(/^corrected/);
  expect((await auditOf(database, tripId)).at(-1)).toBe("trip.support_correct");
  const stranger = await aDispatch(database, 1);
  await expect(
    correctEvent(stranger.dispatcher, { tripId, event: "en_route", assignmentId: scene.support.id, reason: "x" }),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("a dispatcher puts a supporting unit's press right with a reason, by its assignment or by the press itself", async () => {
  const scene = await supported();
  const { dispatcher, helper, tripId, support, agencyId } = scene;
  await reportStatus(later(helper.crew, 4), { tripId, status: "at_pickup" });
  const event = { tripId, event: "at_pickup", at: at(3) };
  await expect(correctEvent(later(dispatcher, 9), { ...event, assignmentId: support.id })).rejects.toMatchObject({
    reasons: [{ path: "reason", code: "required" }],
  });
  await expect(correctEvent(later(dispatcher, 9), { ...event, reason: "whose?" })).rejects.toMatchObject({
    reasons: [{ path: "event", code: "not_recorded" }],
  });
  await correctEvent(later(dispatcher, 9), { ...event, assignmentId: support.id, reason: "the tracker says so" });
  expect(await supportOf(scene)).toMatchObject({ status: "at_pickup", times: { atPickupAt: at(3) } });
  const [press] = await database.owner
    .select()
    .from(schema.tripEvents)
    .where(and(eq(schema.tripEvents.tripId, tripId), eq(schema.tripEvents.kind, "corrected")));
  expect(press).toMatchObject({ assignmentId: support.id, data: { event: "at_pickup", was: at(4).toISOString() } });
  await correctEvent(later(dispatcher, 9), { tripId, event: press?.id ?? "", reason: "it never arrived" });
  expect(await supportOf(scene)).toMatchObject({ status: "dispatched", times: { atPickupAt: null } });
  expect((await announcedTo(database, agencyId)).slice(-2)).toEqual([
    "trip.changed dispatched",
    "unit.changed ON_TRIP",
  ]);
  await expect(
    correctEvent(dispatcher, { tripId, event: "at_pickup", assignmentId: helper.shift.id, reason: "x" }),
  ).rejects.toMatchObject({ reasons: [{ path: "assignmentId", code: "unknown" }] });
});

test("taking completed back makes a unit help again, unless it has something else to do or the trip is over", async () => {
  const scene = await supported();
  const { dispatcher, helper, carrier, tripId, support } = scene;
  const done = () => reportStatus(later(helper.crew, 6), { tripId, status: "completed" });
  const takeBack = (minutes: number) =>
    correctEvent(later(dispatcher, minutes), {
      tripId,
      event: "completed",
      assignmentId: support.id,
      reason: "not yet",
    });
  await reportStatus(later(helper.crew, 5), { tripId, status: "at_pickup" });
  await done();
  await takeBack(7);
  expect(await supportOf(scene)).toMatchObject({ status: "at_pickup", times: { completedAt: null, clearedAt: null } });
  expect(await manifestNow(database, helper.shift.id)).toEqual([`wait ${tripId}`]);
  await done();
  const other = await aCall(dispatcher);
  await assignTrip(later(dispatcher, 8), { tripId: other.id, shiftId: helper.shift.id, mode: "dispatch" });
  await expect(takeBack(9)).rejects.toMatchObject({ code: "unit_busy" });
  await cancelTrip(later(dispatcher, 10), { tripId: other.id, reason: "called off" });
  await reportStatus(later(carrier.crew, 11), { tripId, status: "completed" });
  await expect(takeBack(12)).rejects.toMatchObject({ reasons: [{ path: "event", code: "trip_not_open" }] });
  const retimed = { tripId, event: "completed", assignmentId: support.id, reason: "late press" };
  await correctEvent(later(dispatcher, 13), { ...retimed, at: at(5) });
  expect(await supportOf(scene)).toMatchObject({ times: { completedAt: at(5), clearedAt: at(5) } });
});

test("two dispatchers who send the same unit at once send it once", async () => {
  const { dispatcher, units } = await aDispatch(database, 1);
  const { id: tripId } = await aCall(dispatcher);
  const shiftId = units[0]?.shift.id;
  const both = [1, 2].map(() => addSupport(dispatcher, { tripId, shiftId, role: "first_response" }));
  const settled = await Promise.all(both);
  expect(settled.map(({ assignments }) => assignments.length)).toEqual([1, 1]);
  const { id: other } = await aCall(dispatcher);
  const { id: third } = await aCall(dispatcher);
  await expect(addSupport(dispatcher, { tripId: other, shiftId, role: "assist" })).rejects.toMatchObject({
    code: "unit_busy",
  });
  await cancelTrip(later(dispatcher, 1), { tripId, reason: "called off" });
  const race = await Promise.allSettled(
    [other, third].map((one) => addSupport(later(dispatcher, 2), { tripId: one, shiftId, role: "assist" })),
  );
  expect(race.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a crew of another unit and another agency have nothing to do with it", async () => {
  const { helper, third, tripId, support } = await supported(3);
  if (!third) throw new Error("the scene needs a third unit");
  await expect(reportStatus(later(third.crew, 1), { tripId, status: "en_route" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(acknowledgeDelivery(third.crew, { tripId, step: "seen" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(getTrip(third.crew, { tripId })).rejects.toMatchObject({ code: "not_found" });
  const stranger = await aDispatch(database, 1);
  const refused = [
    () => addSupport(stranger.dispatcher, { tripId, shiftId: stranger.shift.id, role: "assist" }),
    () => removeSupport(stranger.dispatcher, { tripId, assignmentId: support.id }),
    () => reportStatus(stranger.dispatcher, { tripId, status: "en_route", assignmentId: support.id }),
  ];
  for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  const foreign = await aCall(stranger.dispatcher);
  await expect(
    addSupport(stranger.dispatcher, { tripId: foreign.id, shiftId: helper.shift.id, role: "assist" }),
  ).rejects.toMatchObject({ code: "rule_broken", reasons: [{ code: "unknown" }] });
});
