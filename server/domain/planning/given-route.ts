import { dropoffOf } from "./layout";
import { slowestS } from "./travel-table";
import type { PlaceIndex, PlanningDay, PlanningStop, PlanningTrip, PlanningUnit, Seconds } from "./types";

/** One stop of the part of a manifest that stays as it is. */
export type Given =
  | { kind: "pickup" | "dropoff"; trip: PlanningTrip; stop: PlanningStop | null }
  | { kind: "visit"; stop: PlanningStop };

/** What is given of a unit's route, and what has to follow of it. */
export type GivenRoute = {
  fixed: Given[];
  /** Trips whose riders get in by a fixed stop, or are aboard, and get out later; in the order of the manifest. */
  owed: PlanningTrip[];
  /** When each of these trips ends at the latest, when the unit serves nothing else. */
  latestS: ReadonlyMap<string, { pickupS: Seconds; dropoffS: Seconds }>;
  endS: Seconds;
  /** Trips that are aboard with another of them, in the order in which they get in. */
  together: readonly string[];
  fault: string | null;
};

type TripsById = ReadonlyMap<string, PlanningTrip>;

function fixedStops(unit: PlanningUnit, trips: TripsById, aboard: readonly PlanningTrip[]): Given[] {
  const fixed: Given[] = aboard.map((trip) => ({ kind: "pickup", trip, stop: null }));
  const inside = new Set(aboard.map((trip) => trip.id));
  const count = unit.stops.findLastIndex((stop) => stop.fixed) + 1;
  for (const stop of unit.stops.slice(0, count)) {
    const trip = stop.tripId === null ? undefined : trips.get(stop.tripId);
    if (trip && stop.kind === "pickup" && !inside.has(trip.id)) {
      inside.add(trip.id);
      fixed.push({ kind: "pickup", trip, stop });
      if (trip.dropoff === null) fixed.push({ kind: "dropoff", trip, stop: null });
    } else if (trip && stop.kind === "dropoff" && inside.has(trip.id) && trip.dropoff !== null) {
      fixed.push({ kind: "dropoff", trip, stop });
    } else fixed.push({ kind: "visit", stop });
  }
  return fixed;
}

const servedWithin = (fixed: readonly Given[]) =>
  new Set(fixed.flatMap((given) => (given.kind === "dropoff" ? [given.trip.id] : [])));

/** Seconds of service that are left at a stop the unit has reached. */
export const serviceLeftS = (stop: PlanningStop, availableS: Seconds): number =>
  stop.arrivedAtS === null ? stop.serviceS : Math.max(0, stop.arrivedAtS + stop.serviceS - availableS);

/**
 * Drives what is given at the slowest, to know what time it takes for certain. The engine lets nobody out before the direct
 * way from where they got in, though another way may be quicker where travel times defy the triangle.
 */
function drive(day: PlanningDay, unit: PlanningUnit, fixed: readonly Given[], owed: readonly PlanningTrip[]) {
  const latestS = new Map<string, { pickupS: Seconds; dropoffS: Seconds }>();
  let [here, at]: [PlaceIndex, Seconds] = [unit.startPlaceIndex, unit.availableS];
  const go = (place: PlaceIndex, notBeforeS: Seconds) => {
    at = Math.max(at + slowestS(day.travel, here, place), notBeforeS);
    here = place;
  };
  const boardedAt = new Map<string, PlaceIndex>();
  const end = (trip: PlanningTrip, serviceS: number) => {
    const place = dropoffOf(trip).placeIndex;
    const known = latestS.get(trip.id);
    const directS = known ? known.pickupS + slowestS(day.travel, boardedAt.get(trip.id) ?? here, place) : 0;
    go(place, Number.isFinite(directS) ? directS : 0);
    if (known) known.dropoffS = at;
    at += serviceS;
  };
  for (const given of fixed) {
    if (given.kind === "visit") {
      go(given.stop.placeIndex ?? here, visitFromS(given.stop, unit));
      at += serviceLeftS(given.stop, unit.availableS);
    } else if (given.kind === "dropoff") {
      end(given.trip, given.stop ? serviceLeftS(given.stop, unit.availableS) : 0);
    } else {
      if (given.stop) go(given.trip.pickup.placeIndex, given.stop.arrivedAtS === null ? pickupFromS(given.trip) : 0);
      if (given.stop) at += serviceLeftS(given.stop, unit.availableS);
      boardedAt.set(given.trip.id, here);
      latestS.set(given.trip.id, { pickupS: at, dropoffS: at });
    }
  }
  for (const trip of owed) end(trip, dropoffOf(trip).serviceS);
  go(unit.endPlaceIndex, 0);
  return { latestS, endS: at };
}

/** Trips that ride with another one in what is given. */
function ridingTogether(fixed: readonly Given[]): string[] {
  const aboard = new Set<string>();
  const together = new Set<string>();
  for (const given of fixed) {
    if (given.kind === "dropoff") aboard.delete(given.trip.id);
    else if (given.kind === "pickup") {
      aboard.add(given.trip.id);
      if (aboard.size > 1) for (const id of aboard) together.add(id);
    }
  }
  return [...together];
}

/** When a pickup may begin at the earliest: not before the promised window, nor before the rider is ready. */
export const pickupFromS = (trip: PlanningTrip): Seconds =>
  Math.max(trip.pickup.earliestS, trip.readyAtS ?? trip.pickup.earliestS);

/** A stop that serves nobody begins when it was planned. */
export const visitFromS = (stop: PlanningStop, unit: PlanningUnit): Seconds =>
  stop.arrivedAtS === null ? Math.max(unit.availableS, stop.plannedS ?? unit.availableS) : unit.availableS;

/** What of a unit's manifest stays, with what that takes at the most. */
export function givenRoute(day: PlanningDay, unit: PlanningUnit, trips: TripsById): GivenRoute {
  const aboard = day.trips.filter((trip) => trip.aboard && trip.currentUnitId === unit.id);
  const fixed = fixedStops(unit, trips, aboard);
  const served = servedWithin(fixed);
  const order = (trip: PlanningTrip) => {
    const at = unit.stops.findIndex((stop) => stop.tripId === trip.id && stop.kind === "dropoff");
    return at < 0 ? unit.stops.length : at;
  };
  const owed = fixed
    .flatMap((given) => (given.kind === "pickup" && !served.has(given.trip.id) ? [given.trip] : []))
    .toSorted((a, b) => order(a) - order(b));
  const driven = drive(day, unit, fixed, owed);
  const fault = Number.isFinite(driven.endS) ? null : "a stop that it has to make cannot be reached";
  return { fixed, owed, ...driven, together: ridingTogether(fixed), fault };
}
