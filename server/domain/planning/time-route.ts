import type { Plan } from "@/server/domain/scheduling/plan";
import { pickupFromS, serviceLeftS, visitFromS } from "./given-route";
import { dropoffOf, type Layout, toS } from "./layout";
import { totalsOf } from "./plan-totals";
import { wayBetween } from "./travel-table";
import type { PlaceIndex, PlannedStop, PlanningTrip, PlanningUnit, Seconds, UnitPlan } from "./types";
import { placesTaken } from "./unit-rules";

/** A stop to be timed: what it is, and when its service begins if that is known from the engine. */
type Leg = Pick<PlannedStop, "stopId" | "kind" | "tripId" | "breakId" | "fixed"> & {
  placeIndex: PlaceIndex | null;
  notBeforeS: Seconds;
  beginS: Seconds | null;
  serviceS: number;
  promisedS: Seconds;
  arrivedAtS: Seconds | null;
  trip: PlanningTrip | null;
};

/** The stop of a manifest for one end of a trip, if it has one. */
const stopOf = (unit: PlanningUnit, tripId: string, kind: "pickup" | "dropoff") =>
  unit.stops.find((stop) => stop.tripId === tripId && stop.kind === kind) ?? null;

function tripLeg(unit: PlanningUnit, trip: PlanningTrip, kind: "pickup" | "dropoff", fixedCount: number): Leg {
  const stop = stopOf(unit, trip.id, kind);
  const end = kind === "pickup" ? trip.pickup : dropoffOf(trip);
  const fixed = stop !== null && unit.stops.indexOf(stop) < fixedCount;
  return {
    stopId: stop?.id ?? null,
    kind,
    tripId: trip.id,
    breakId: null,
    fixed,
    placeIndex: end.placeIndex,
    notBeforeS: kind === "pickup" ? pickupFromS(trip) : fixed ? 0 : end.earliestS,
    beginS: null,
    serviceS: fixed && stop ? serviceLeftS(stop, unit.availableS) : end.serviceS,
    promisedS: end.latestS,
    arrivedAtS: stop?.arrivedAtS ?? null,
    trip,
  };
}

/** The stops of a route of the engine. The pickup of a rider who is aboard already is none. */
export function legsOf(layout: Layout, plan: Plan, k: number): Leg[] {
  const { problem, trips, visits, units } = layout;
  const { n, m } = problem;
  const unit = units[k] as PlanningUnit;
  const fixedCount = unit.stops.findLastIndex((stop) => stop.fixed) + 1;
  return plan.nodesOf(k).flatMap((v): Leg[] => {
    const beginS = toS(plan.early[v] as number);
    if (v >= 2 * n) {
      const laid = visits[v - 2 * (n + m)];
      return laid ? [{ ...visitLeg(unit, laid), beginS }] : [];
    }
    const trip = trips[v < n ? v : v - n] as PlanningTrip;
    if (v < n ? trip.aboard : trip.dropoff === null) return [];
    return [{ ...tripLeg(unit, trip, v < n ? "pickup" : "dropoff", fixedCount), beginS }];
  });
}

function visitLeg(unit: PlanningUnit, { stop, breakId }: Layout["visits"][number]): Leg {
  const rest = unit.breaks.find((one) => one.id === breakId);
  return {
    stopId: stop?.id ?? null,
    kind: stop?.kind ?? "break",
    tripId: stop?.tripId ?? null,
    breakId,
    fixed: stop !== null,
    placeIndex: stop ? stop.placeIndex : (rest?.placeIndex ?? null),
    notBeforeS: stop ? visitFromS(stop, unit) : (rest?.earliestS ?? 0),
    beginS: null,
    serviceS: stop ? serviceLeftS(stop, unit.availableS) : (rest?.durationS ?? 0),
    promisedS: Number.POSITIVE_INFINITY,
    arrivedAtS: stop?.arrivedAtS ?? null,
    trip: null,
  };
}

/** The stops of a manifest as it is, whether it keeps the rules or not. */
export function manifestLegs(unit: PlanningUnit, trips: ReadonlyMap<string, PlanningTrip>): Leg[] {
  const fixedCount = unit.stops.findLastIndex((stop) => stop.fixed) + 1;
  return unit.stops.map((stop) => {
    const trip = stop.tripId === null ? undefined : trips.get(stop.tripId);
    if (trip && (stop.kind === "pickup" || stop.kind === "dropoff")) return tripLeg(unit, trip, stop.kind, fixedCount);
    return visitLeg(unit, { unit: 0, breakId: null, stop });
  });
}

/** When a unit leaves its start: in time for its first stop, no earlier. */
function leaveS({ day }: Layout, unit: PlanningUnit, first: Leg | undefined): Seconds {
  const { availableS, startPlaceIndex } = unit;
  if (!first || first.arrivedAtS !== null) return availableS;
  const to = first.placeIndex ?? startPlaceIndex;
  const way = wayBetween(day.travel, startPlaceIndex, to, availableS);
  const beginS = Math.max(first.beginS ?? first.notBeforeS, availableS + way.driveS);
  const latestS = Math.max(availableS, beginS - way.driveS);
  // Travel may be slower by then.
  const slower = wayBetween(day.travel, startPlaceIndex, to, latestS).driveS - way.driveS;
  return Math.max(availableS, latestS - Math.max(0, slower));
}

/**
 * Drives along stops with the travel of the hour. Where the engine gave the beginning of service it is kept: the engine
 * reckons with the slowest travel that the windows of a leg allow, so that the unit is there in time.
 */
export function timeRoute(layout: Layout, unit: PlanningUnit, legs: readonly Leg[]): UnitPlan {
  const { travel, weights, trips: planned } = layout.day;
  const trips = new Map(planned.map((trip) => [trip.id, trip]));
  let [here, at]: [PlaceIndex, Seconds] = [unit.startPlaceIndex, unit.availableS];
  const load = { ambulatory: 0, wheelchair: 0, stretcher: 0 };
  const board = (trip: PlanningTrip, sign: 1 | -1) => {
    const taken = placesTaken(trip);
    for (const kind of Object.keys(load) as (keyof typeof load)[]) load[kind] += sign * taken[kind];
  };
  for (const trip of planned) if (trip.aboard && trip.currentUnitId === unit.id) board(trip, 1);
  at = leaveS(layout, unit, legs[0]);
  const leftS = at;
  const stops = legs.map((leg): PlannedStop => {
    const placeIndex = leg.placeIndex ?? here;
    const way = wayBetween(travel, here, placeIndex, at);
    const arriveS = leg.arrivedAtS ?? at + way.driveS;
    const readyS = leg.arrivedAtS === null ? arriveS : Math.max(unit.availableS, leg.arrivedAtS);
    const beginS = leg.arrivedAtS ?? Math.max(arriveS, leg.beginS ?? leg.notBeforeS);
    const departS = Math.max(readyS, beginS) + leg.serviceS;
    if (leg.trip && leg.kind === "pickup") board(leg.trip, 1);
    if (leg.trip && (leg.kind === "dropoff" || leg.trip.dropoff === null)) board(leg.trip, -1);
    here = placeIndex;
    at = departS;
    const { stopId, kind, tripId, breakId, fixed } = leg;
    const lateS = Math.max(0, beginS - leg.promisedS);
    return {
      stopId,
      kind,
      tripId,
      breakId,
      fixed,
      placeIndex,
      arriveS,
      beginS,
      departS,
      load: { ...load },
      ...way,
      lateS,
    };
  });
  const stays = stops.length === 0 && !unit.onRoad;
  const home = stays ? { driveS: 0, driveM: 0 } : wayBetween(travel, here, unit.endPlaceIndex, at);
  const route = {
    unitId: unit.id,
    callSign: unit.callSign,
    manifestVersion: unit.manifestVersion,
    leaveS: leftS,
    endS: at + home.driveS,
    homeS: home.driveS,
    homeM: home.driveM,
    stops,
  };
  return { ...route, totals: totalsOf(route, unit, trips, weights) };
}
