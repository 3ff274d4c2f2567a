import { isClosed, type TripStatus } from "./vocabulary";

export type Promised = {
  status: TripStatus;
  promisedPickupAt: Date | null;
  promisedDropoffAt: Date | null;
  etaPickupAt: Date | null;
  etaDropoffAt: Date | null;
  /** When the rider was picked up, once it was. */
  atPickupAt: Date | null;
};

const BEFORE_PICKUP: readonly TripStatus[] = ["requested", "reserved", "dispatched", "acknowledged", "en_route"];

/**
 * Seconds past the promise that counts now: that of the pickup until the unit is there, then that of the drop-off, by
 * the estimate or, when that has passed or is missing, the clock.
 * @returns negative = early; null = nothing is promised, or nothing is known and there is still time
 */
export function latenessS(trip: Promised, now: Date): number | null {
  if (isClosed(trip.status)) return null;
  const before = BEFORE_PICKUP.includes(trip.status);
  const promised = before ? trip.promisedPickupAt : trip.promisedDropoffAt;
  if (promised === null) return null;
  const eta = before ? trip.etaPickupAt : trip.etaDropoffAt;
  const expected = eta !== null && eta > now ? eta : now;
  if (eta === null && now < promised) return null;
  return Math.round((expected.getTime() - promised.getTime()) / 1000);
}
