import { MAX_PLACES } from "@/server/domain/scheduling/places";
import type { RequestInput, SoftLimit } from "@/server/domain/scheduling/problem";
import { pickupFromS } from "./given-route";
import { dropoffOf, LONGEST_S, toMin } from "./layout";
import type { Obstacle, PlanningDay, PlanningTrip, PlanningUnit, Seconds, TripEnd, Weights } from "./types";
import { isMoved, isNotPreferred, lanesOf, placesTaken, sharedPlaces, shareOf, unitBars } from "./unit-rules";

/** How late a trip may be picked up whose promise is already broken. */
const OVERDUE_GRACE_S = 3_600;

/** How much worse it is to leave a trip out than a scheduled one. */
const IMPORTANCE = { emergency: 5, urgent: 3, scheduled: 1 } as const;
const LOCKED_IMPORTANCE = 20;
/** Riders that are aboard, and stops that stay, are never left out. */
const GIVEN_IMPORTANCE = 1_000;

/** What is given of a trip: it is on this unit's fixed stops, or its rider is aboard. */
export type GivenTrip = {
  unit: number;
  latest: { pickupS: Seconds; dropoffS: Seconds };
  /** Trips of this unit that are aboard with others whatever a plan does. */
  together: readonly string[];
};

type Context = {
  day: Pick<PlanningDay, "weights" | "nowS" | "mostAboard">;
  units: readonly PlanningUnit[];
  horizonS: Seconds;
  given: GivenTrip | null;
};

const isSound = (value: number) => value >= 0 && value <= LONGEST_S;
const isPlace = (place: number, size: number) => Number.isInteger(place) && place >= 0 && place < size;

function endFault({ placeIndex, earliestS, latestS, serviceS }: TripEnd, size: number): string | null {
  if (!isPlace(placeIndex, size)) return "its place is unknown";
  if (!isSound(serviceS)) return "its service time is not a duration";
  if (!(Math.abs(earliestS) <= LONGEST_S) || !(latestS >= -LONGEST_S)) return "its window is not a time";
  return latestS < earliestS ? "its window ends before it begins" : null;
}

/** What makes a trip unusable as it was entered; null = nothing. */
export function tripFault(trip: PlanningTrip, size: number): string | null {
  const pickup = endFault(trip.pickup, size);
  if (pickup) return `pickup: ${pickup}`;
  const dropoff = trip.dropoff && endFault(trip.dropoff, size);
  if (dropoff) return `drop-off: ${dropoff}`;
  if (trip.maxRideS !== null && !isSound(trip.maxRideS)) return "its ride limit is not a duration";
  const counts = Object.values(placesTaken(trip));
  const counted = counts.every((count) => Number.isInteger(count) && count >= 0 && count <= MAX_PLACES);
  return counted ? null : "its riders cannot be counted";
}

/** Reasons why a trip is not tried at all; empty = it is. */
export function setAsideReasons(trip: PlanningTrip, units: readonly PlanningUnit[], size: number): Obstacle[] {
  const fault = tripFault(trip, size);
  if (fault) return [{ code: "input", detail: fault }];
  if (trip.aboard && !units.some((unit) => unit.id === trip.currentUnitId))
    return [{ code: "input", detail: "its rider is aboard a unit that is not planned for" }];
  if (trip.willCall && trip.readyAtS === null && !trip.aboard && !trip.locked) return [{ code: "will_call_waiting" }];
  return [];
}

const softLimit = (dueS: Seconds, weights: Weights): SoftLimit => ({
  due: toMin(Math.min(dueS, Number.MAX_SAFE_INTEGER)),
  latePerMin: weights.perLateMinute,
  bufferMin: weights.bufferMinutes,
  bufferPerMin: weights.perBufferMinuteUsed,
});

/** The hard windows of a trip: its promises, stretched by the lateness that is allowed. */
function windowsOf(trip: PlanningTrip, { day: { weights, nowS }, horizonS }: Context) {
  const { pickup } = trip;
  const dropoff = dropoffOf(trip);
  const toleranceS = 60 * weights.maxLateMinutes;
  const fromS = pickupFromS(trip);
  const overdue = pickup.latestS + toleranceS < Math.max(nowS, fromS) && pickup.latestS >= pickup.earliestS;
  if (!overdue)
    return {
      fromS,
      toS: Math.min(horizonS, pickup.latestS + toleranceS),
      untilS: Math.min(horizonS, dropoff.latestS + toleranceS),
    };
  return { fromS, toS: Math.max(nowS, fromS) + OVERDUE_GRACE_S, untilS: horizonS };
}

/** How a trip shares the vehicle. Those who are aboard together stay so, whatever the rules say by now. */
function sharing(trip: PlanningTrip, { day, given }: Context): { share: number; mostAboard: number | undefined } {
  const at = given?.together.indexOf(trip.id) ?? -1;
  const beside = at < 0 ? 0 : (given?.together.length ?? 0);
  return {
    share: at < 0 ? shareOf(trip, day) : Number(at < sharedPlaces(day)),
    mostAboard: trip.mostAboard === null ? undefined : Math.max(trip.mostAboard, beside),
  };
}

/** A trip as the engine's request. */
export function layOutTrip(trip: PlanningTrip, context: Context): RequestInput {
  const { day, units, horizonS, given } = context;
  const { weights } = day;
  const dropoff = dropoffOf(trip);
  const soft = { pickup: softLimit(trip.pickup.latestS, weights), dropoff: softLimit(dropoff.latestS, weights) };
  const limitS = trip.maxRideS ?? LONGEST_S;
  const { share, mostAboard } = sharing(trip, context);
  // Written out below where it is used for every trip of a day: properties after a spread cost as much as all the rest.
  const base = {
    id: trip.id,
    riders: lanesOf(placesTaken(trip), share),
    mostAboard,
    refused: units.flatMap((unit, k) => {
      const barred = given ? given.unit !== k : unitBars(trip, unit).length > 0;
      return barred ? [k] : [];
    }),
    soft: trip.aboard ? { ...soft, pickup: { ...soft.pickup, latePerMin: 0, bufferMin: 0 } } : soft,
  };
  if (!given) {
    const { fromS, toS, untilS } = windowsOf(trip, context);
    return {
      id: base.id,
      riders: base.riders,
      mostAboard: base.mostAboard,
      refused: base.refused,
      soft: base.soft,
      pickup: stopOf(trip.pickup, fromS, toS),
      dropoff: stopOf(dropoff, Math.min(dropoff.earliestS, untilS), untilS),
      maxRideMin: toMin(limitS),
      costs: units.map(
        (unit) =>
          (isMoved(trip, unit) ? weights.perTripMoved : 0) +
          (isNotPreferred(trip, unit) ? weights.perTripNotPreferred : 0),
      ),
      importance: trip.locked ? LOCKED_IMPORTANCE : IMPORTANCE[trip.priority],
    };
  }
  const unit = units[given.unit];
  const availableS = unit?.availableS ?? 0;
  const riddenS = trip.aboard ? availableS - (trip.loadedAtS ?? availableS) : 0;
  const stop = unit?.stops.find(({ tripId, kind }) => tripId === trip.id && kind === "pickup");
  const served = stop?.arrivedAtS ?? null;
  const pickup = trip.aboard
    ? { placeIndex: unit?.startPlaceIndex ?? -1, serviceS: 0 }
    : {
        ...trip.pickup,
        serviceS: served === null ? trip.pickup.serviceS : Math.max(0, served + trip.pickup.serviceS - availableS),
      };
  const fromS = trip.aboard || served !== null ? availableS : pickupFromS(trip);
  return {
    ...base,
    pickup: stopOf(pickup, fromS, trip.aboard ? availableS : horizonS),
    dropoff: stopOf(dropoff, Math.min(availableS, fromS), horizonS),
    maxRideMin: toMin(Math.max(limitS - riddenS, given.latest.dropoffS - given.latest.pickupS)),
    importance: GIVEN_IMPORTANCE,
  };
}

const stopOf = ({ placeIndex, serviceS }: { placeIndex: number; serviceS: number }, fromS: Seconds, toS: Seconds) => ({
  place: placeIndex,
  serviceMin: toMin(serviceS),
  earliest: toMin(fromS),
  latest: toMin(toS),
});
