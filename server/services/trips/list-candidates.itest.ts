import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch } from "@/db/testing/dispatch";
import { aPosition } from "@/db/testing/factories";
import { createRider } from "@/server/services/riders/create-rider";
import { assignTrip } from "./assign-trip";
import { listCandidates } from "./list-candidates";

const database = useTestDatabase();

/** A unit that was sent to a rider, one that is free, and a rider who never rides with the first. */
async function aSharedRide() {
  const { agencyId, dispatcher, units } = await aDispatch(database, 2);
  const [taken, free] = units.map(({ shift }) => shift);
  if (!taken || !free) throw new Error("two units");
  for (const { vehicle } of units) await aPosition(database.owner, agencyId, vehicle.id);
  const bob = await createRider(dispatcher, { name: "Bob Two" });
  const ann = await createRider(dispatcher, { name: "Ann One", pairs: [{ riderId: bob.id, rule: "apart" }] });
  const other = await aCall(dispatcher, { riderId: bob.id });
  await assignTrip(dispatcher, { tripId: other.id, shiftId: taken.id, mode: "dispatch" });
  return { dispatcher, taken, free, ann };
}

test("for a shared ride, who never rides with somebody of a unit sees that unit refused, as assigning would refuse it", async () => {
  const { dispatcher, taken, free, ann } = await aSharedRide();
  const trip = await aCall(dispatcher, { riderId: ann.id });
  const { items, rejected } = await listCandidates(dispatcher, { tripId: trip.id, mode: "aboard" });
  expect(items.map(({ shiftId }) => shiftId)).toEqual([free.id]);
  expect(rejected).toMatchObject([{ shiftId: taken.id, blockers: [{ code: "riders_apart", overridable: true }] }]);
  await expect(assignTrip(dispatcher, { tripId: trip.id, shiftId: taken.id, mode: "aboard" })).rejects.toMatchObject({
    reasons: [{ code: "riders_apart" }],
  });
});

test("who rides alone sees that of every unit with a rider; a ride of its own is no matter", async () => {
  const { dispatcher, taken } = await aSharedRide();
  const alone = await createRider(dispatcher, { name: "Cleo Three", mostAboard: 1 });
  const trip = await aCall(dispatcher, { riderId: alone.id });
  const shared = await listCandidates(dispatcher, { tripId: trip.id, mode: "aboard" });
  expect(shared.rejected).toMatchObject([{ shiftId: taken.id, blockers: [{ code: "rides_alone" }] }]);
  const reserved = await listCandidates(dispatcher, { tripId: trip.id, mode: "reserve" });
  expect(reserved.rejected).toEqual([]);
  const elsewhere = await aDispatch(database);
  await expect(listCandidates(elsewhere.dispatcher, { tripId: trip.id, mode: "aboard" })).rejects.toMatchObject({
    code: "not_found",
  });
});
