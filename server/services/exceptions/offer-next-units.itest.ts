import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { vehiclePositions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, announcedTo, auditOf, later, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aPosition, systemCtx } from "@/db/testing/factories";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { swapUnit } from "@/server/services/trips/swap-unit";
import { listExceptions } from "./list-exceptions";
import { offerNextUnits } from "./offer-next-units";
import { watchExceptions } from "./watch-exceptions";

const database = useTestDatabase();

/** A dispatch that nobody has answered for a minute and a half, with two other units: one near, one far. */
async function anUnansweredDispatch() {
  const { dispatcher, units, agencyId } = await aDispatch(database, 3);
  const [silent, far, near] = units;
  if (!silent || !far || !near) throw new Error("three units");
  const place = (vehicleId: string, lat: number) => {
    const at = { takenAt: NOW, receivedAt: NOW, location: { lat, lng: -89.38 } };
    return aPosition(database.owner, agencyId, vehicleId, at);
  };
  await place(far.vehicle.id, 40.8);
  await place(near.vehicle.id, 40.63);
  const trip = await aCall(dispatcher);
  const sent = await assignTrip(dispatcher, { tripId: trip.id, shiftId: silent.shift.id, mode: "dispatch" });
  const watch = async (minutes: number) => {
    const system = systemCtx(database.db, agencyId, minutesAfter(NOW, minutes));
    await watchExceptions(system);
    return offerNextUnits(system);
  };
  const offered = async () =>
    (await listExceptions(dispatcher))
      .filter(({ kind, tripId }) => kind === "not_acknowledged" && tripId === trip.id)
      .map(({ detail }) => detail);
  return { dispatcher, agencyId, trip: sent, silent, far, near, watch, offered };
}

test("a dispatch that is not acknowledged names the best of the other units, and one action sends it", async () => {
  const { dispatcher, agencyId, trip, near, watch, offered } = await anUnansweredDispatch();
  expect(await watch(1.5)).toBe(1);
  expect(await offered()).toEqual([
    { nextShiftId: near.shift.id, nextCallSign: near.shift.callSign, nextEtaS: expect.any(Number) },
  ]);
  const [open] = (await listExceptions(dispatcher)).filter(({ kind }) => kind === "not_acknowledged");
  expect(await auditOf(database, open?.id ?? "")).toEqual(["exception.open", "exception.offer"]);
  const announced = await announcedTo(database, agencyId);
  expect(announced.at(-1)).toBe("exception.changed open");
  // Nothing has changed: nothing is written or announced again.
  expect(await watch(1.6)).toBe(0);
  expect(await announcedTo(database, agencyId)).toEqual(announced);
  const after = await swapUnit(later(dispatcher, 2), {
    tripId: trip.id,
    version: trip.version,
    shiftId: near.shift.id,
    reason: "not acknowledged",
  });
  expect(after.assignment).toMatchObject({ shiftId: near.shift.id, mode: "dispatch" });
  await watch(2.1);
  expect(await offered()).toEqual([]);
});

test("the offer follows the fleet: another unit when the best one leaves, nobody when none can go", async () => {
  const { dispatcher, far, near, watch, offered } = await anUnansweredDispatch();
  await watch(1.5);
  const other = await aCall(dispatcher);
  await assignTrip(later(dispatcher, 2), { tripId: other.id, shiftId: near.shift.id, mode: "dispatch" });
  expect(await watch(2.5)).toBeGreaterThanOrEqual(1);
  expect(await offered()).toMatchObject([{ nextShiftId: far.shift.id }]);
  // Its last fix is too old by then: it is not sent without a reason.
  await database.owner
    .update(vehiclePositions)
    .set({ takenAt: minutesAfter(NOW, -30), receivedAt: minutesAfter(NOW, -30) })
    .where(eq(vehiclePositions.vehicleId, far.vehicle.id));
  await watch(3);
  expect(await offered()).toMatchObject([{ nextShiftId: null, nextCallSign: null }]);
});
