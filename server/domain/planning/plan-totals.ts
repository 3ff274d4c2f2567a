import type { PlanningTrip, PlanningUnit, PlanTotals, UnitPlan, Weights } from "./types";
import { isMoved, isNotPreferred } from "./unit-rules";

export const NO_TOTALS: PlanTotals = {
  distanceM: 0,
  deadheadM: 0,
  drivingMinutes: 0,
  lateMinutes: 0,
  rideMinutes: 0,
  overtimeMinutes: 0,
  costPoints: 0,
  trips: 0,
  unitsUsed: 0,
};

/** Totals of several units. */
export function summed(all: readonly PlanTotals[]): PlanTotals {
  const sum = { ...NO_TOTALS };
  for (const totals of all) for (const key of Object.keys(sum) as (keyof PlanTotals)[]) sum[key] += totals[key];
  return sum;
}

/** What a timed route comes to, by the weights. */
export function totalsOf(
  route: Omit<UnitPlan, "totals">,
  unit: PlanningUnit,
  trips: ReadonlyMap<string, PlanningTrip>,
  weights: Weights,
): PlanTotals {
  const totals = { ...NO_TOTALS };
  const served = route.stops.filter((stop) => stop.kind === "pickup" || stop.kind === "dropoff");
  const used = unit.onRoad || route.stops.some((stop) => stop.tripId !== null || stop.fixed);
  if (!used) return totals;
  let [seconds, side] = [route.homeS, unit.onRoad ? 0 : weights.perUnitUsed];
  let empty = unit.stops.every((stop) => stop.tripId === null || !trips.get(stop.tripId)?.aboard);
  totals.distanceM = route.homeM;
  totals.deadheadM = route.homeM;
  totals.unitsUsed = 1;
  for (const stop of route.stops) {
    seconds += stop.driveS;
    totals.distanceM += stop.driveM;
    if (empty) totals.deadheadM += stop.driveM;
    empty = Object.values(stop.load).every((count) => count === 0);
    totals.lateMinutes += stop.lateS / 60;
  }
  for (const { tripId, kind, departS, beginS } of served) {
    const trip = tripId === null ? undefined : trips.get(tripId);
    if (!trip) continue;
    if (kind === "pickup") totals.rideMinutes -= departS / 60;
    else totals.rideMinutes += (beginS - (trip.aboard ? (trip.loadedAtS ?? route.leaveS) : 0)) / 60;
    if (kind === "pickup" || trip.aboard) {
      totals.trips += 1;
      if (isMoved(trip, unit)) side += weights.perTripMoved;
      if (isNotPreferred(trip, unit)) side += weights.perTripNotPreferred;
    }
  }
  // A trip without a destination has no drop-off stop: nobody rides.
  for (const { tripId, kind, departS } of served) {
    const trip = tripId === null ? undefined : trips.get(tripId);
    if (kind === "pickup" && trip && !served.some((other) => other.tripId === tripId && other.kind === "dropoff"))
      totals.rideMinutes += departS / 60;
  }
  totals.drivingMinutes = seconds / 60;
  totals.overtimeMinutes = Math.max(0, route.endS - unit.shiftEndS) / 60;
  totals.costPoints =
    (totals.distanceM / 1000) * weights.perKm +
    (seconds / 3600) * weights.perDrivingHour +
    totals.lateMinutes * weights.perLateMinute +
    totals.overtimeMinutes * weights.perOvertimeMinute +
    side;
  return totals;
}
