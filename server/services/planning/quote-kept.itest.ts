import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { readInAgency } from "@/db/client";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aPosition } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import { USUAL_SETTINGS } from "@/server/domain/plans/settings";
import { createRider } from "@/server/services/riders/create-rider";
import { editRider } from "@/server/services/riders/edit-rider";
import { signOffShift } from "@/server/services/shifts/sign-off-shift";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { cancelTrip } from "@/server/services/trips/cancel-trip";
import { getTrip } from "@/server/services/trips/get-trip";
import { unassignTrip } from "@/server/services/trips/unassign-trip";
import { lockStop } from "@/server/services/units/lock-stop";
import { editPlanningSettings } from "./edit-planning-settings";
import { type KeptManifests, manifestsNow, newKeptManifests } from "./kept-manifests";
import { quoteWorkIn } from "./quote-work-in";

const database = useTestDatabase();

const at = (minute: number, more: object = {}) => ({
  timing: "fixed" as const,
  level: "ambulatory" as const,
  pickup: { lat: 40.62, lon: -89.38, at: minutesAfter(NOW, minute) },
  dropoff: { lat: 40.66, lon: -89.33 },
  ...more,
});
async function aFleet(vans: number) {
  const dispatch = await aDispatch(database, vans);
  for (const { vehicle } of dispatch.units) await aPosition(database.owner, dispatch.agencyId, vehicle.id);
  return dispatch;
}
/** The answer with what was kept, and without. */
async function bothAnswers(ctx: Ctx, kept: KeptManifests) {
  const { tookMs: _kept, ...withKept } = await quoteWorkIn(ctx, at(95), kept);
  const { tookMs: _fresh, ...fresh } = await quoteWorkIn(ctx, at(95), newKeptManifests());
  return { withKept, fresh };
}

test("after each kind of change a question is answered as if nothing had been kept", async () => {
  const { agencyId, dispatcher, units } = await aFleet(3);
  const [first, second, third] = units;
  if (!first || !second || !third) throw new Error("no units");
  const kept = newKeptManifests();
  const rider = await createRider(dispatcher, { name: "Fond One" });
  const trip = await aCall(dispatcher, at(90, { riderId: rider.id, riderName: undefined }));
  const other = await aCall(dispatcher, at(100));
  const give = async (tripId: string, shiftId: string) => {
    await assignTrip(dispatcher, { tripId, shiftId, mode: "reserve" });
  };
  const changes: Record<string, () => Promise<unknown>> = {
    "nothing yet": async () => undefined,
    "a trip is given to a unit": () => give(trip.id, first.shift.id),
    "another one too": () => give(other.id, first.shift.id),
    "it is taken off again": () => unassignTrip(dispatcher, { tripId: trip.id }),
    "and given to another unit": () => give(trip.id, second.shift.id),
    "its rider bears nobody aboard": () =>
      editRider(dispatcher, { id: rider.id, version: rider.version, mostAboard: 1 }),
    "a stop is locked": async () => {
      const [stop] = await database.owner.select().from(schema.stops).where(eq(schema.stops.shiftId, second.shift.id));
      return lockStop(dispatcher, { shiftId: second.shift.id, stopId: stop?.id ?? "" });
    },
    "a trip is cancelled": async () => {
      const { version } = await getTrip(dispatcher, { tripId: other.id });
      return cancelTrip(dispatcher, { tripId: other.id, version, reason: "rider_cancelled" });
    },
    "a unit moves": () =>
      database.owner
        .update(schema.vehiclePositions)
        .set({ location: { lng: -89.2, lat: 40.7 } })
        .where(eq(schema.vehiclePositions.vehicleId, second.vehicle.id)),
    "a shift ends": () => signOffShift(dispatcher, third.shift.id, { version: third.shift.version }),
    "the settings are edited": () =>
      editPlanningSettings(
        { ...dispatcher, actor: { ...dispatcher.actor, agencyId } },
        { settings: { ...USUAL_SETTINGS, shareRides: false }, version: 0 },
      ),
  };
  const answers = new Set<string>();
  for (const [change, make] of Object.entries(changes)) {
    await make();
    const { withKept, fresh } = await bothAnswers(dispatcher, kept);
    expect(withKept, change).toEqual(fresh);
    answers.add(JSON.stringify(withKept));
  }
  // Most of these changes are to be seen in the answer, or the test would show nothing.
  expect(answers.size).toBeGreaterThan(4);
});

test("only the manifest that was changed is read again, and what is kept has a bound", async () => {
  const { agencyId, dispatcher, units } = await aFleet(2);
  const kept = newKeptManifests();
  const ids = units.map(({ shift }) => shift.id);
  const [a = "", b = ""] = ids;
  for (const shiftId of ids) {
    const { id } = await aCall(dispatcher, at(200));
    await assignTrip(dispatcher, { tripId: id, shiftId, mode: "reserve" });
  }
  await quoteWorkIn(dispatcher, at(95), kept);
  const before = [kept.get(`${agencyId} ${a}`), kept.get(`${agencyId} ${b}`)];
  const { id } = await aCall(dispatcher, at(300));
  await assignTrip(dispatcher, { tripId: id, shiftId: a, mode: "reserve" });
  await quoteWorkIn(dispatcher, at(95), kept);
  expect(kept.get(`${agencyId} ${a}`)).not.toBe(before[0]);
  expect(kept.get(`${agencyId} ${a}`)?.trips).toHaveLength(2);
  expect(kept.get(`${agencyId} ${b}`)).toBe(before[1]);
  expect(kept.max).toBeLessThanOrEqual(1_000);
});

test("another agency sees nothing of what was kept, even by the ids of its shifts", async () => {
  const { dispatcher, shift, agencyId } = await aFleet(1);
  const kept = newKeptManifests();
  const { id } = await aCall(dispatcher, at(200));
  await assignTrip(dispatcher, { tripId: id, shiftId: shift.id, mode: "reserve" });
  await quoteWorkIn(dispatcher, at(95), kept);
  expect(kept.get(`${agencyId} ${shift.id}`)?.trips).toHaveLength(1);
  const stranger = await aFleet(1);
  const foreign = { agencyId: stranger.agencyId };
  const seen = await readInAgency(database.db, foreign, (tx) => manifestsNow(tx, agencyId, [shift.id], kept));
  expect(seen.trips).toEqual([]);
});
