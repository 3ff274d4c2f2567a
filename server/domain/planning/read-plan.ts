import { Plan } from "@/server/domain/scheduling/plan";
import { unservedTrips } from "./explain";
import { unitsOfZone } from "./lay-out";
import { type Layout, toS } from "./layout";
import { placeOf } from "./near-miss";
import { summed } from "./plan-totals";
import { legsOf, timeRoute } from "./time-route";
import { metresBetween } from "./travel-table";
import type { DayPlan, PlacedTrip, PlannedStop, PlanningTrip, UnitPlan } from "./types";

/** Points that a plan would save without a request (or the group it is in, shared among its trips). */
function savings(plan: Plan): Float64Array {
  const { problem } = plan;
  const { n } = problem;
  const saved = new Float64Array(n);
  const scratch = new Plan(problem);
  scratch.copyFrom(plan);
  const whole = plan.distance;
  for (let r = 0; r < n; r++) {
    if ((plan.routeOf[r + n] as number) < 0 || problem.pinned[r + n] === 1) continue;
    const group = problem.together?.[r] ?? [r];
    scratch.remove([r]);
    saved[r] = (whole - scratch.distance) / group.length;
    scratch.copyFrom(plan);
  }
  return saved;
}

/** Metres that a route drives more for a request than it would without its two stops. */
function addedMetres(layout: Layout, plan: Plan, r: number): number {
  const { problem, input, day } = layout;
  const { n } = problem;
  const k = plan.routeOf[r] as number;
  const lengthOf = (nodes: readonly number[]): number => {
    let [sum, here]: [number, number | null] = [0, null];
    for (const v of nodes) {
      const place = placeOf(input, problem, v);
      if (place === null) continue;
      if (here !== null) sum += metresBetween(day.travel, here, place);
      here = place;
    }
    return sum;
  };
  const route = [plan.startOf(k), ...plan.nodesOf(k), plan.endOf(k)];
  const without = route.filter((v) => v !== r && v !== r + n);
  return Math.round(lengthOf(route) - (without.length === 2 && !layout.units[k]?.onRoad ? 0 : lengthOf(without)));
}

/** Seconds that are left at each end until its promise, and until the route can't wait any more: the less of them. */
function slackOf(
  { trips, problem: { n } }: Layout,
  { early, late }: Plan,
  r: number,
  { pickup, dropoff }: Partial<Record<"pickup" | "dropoff", PlannedStop | undefined>>,
): number {
  const trip = trips[r] as PlanningTrip;
  const until = (stop: PlannedStop, promisedS: number, v: number) =>
    Math.min(promisedS - stop.beginS, toS((late[v] as number) - (early[v] as number)));
  const left = [
    ...(pickup ? [until(pickup, trip.pickup.latestS, r)] : []),
    ...(dropoff && trip.dropoff ? [until(dropoff, trip.dropoff.latestS, n + r)] : []),
  ];
  return Math.max(0, Math.min(...left));
}

function placedTrip(
  layout: Layout,
  plan: Plan,
  route: UnitPlan,
  trip: PlanningTrip,
  saved: Float64Array,
): PlacedTrip | null {
  const r = layout.requestOf.get(trip.id);
  if (r === undefined || (plan.routeOf[r + layout.problem.n] as number) < 0) return null;
  const at = (kind: PlannedStop["kind"]) => route.stops.find((stop) => stop.tripId === trip.id && stop.kind === kind);
  const [pickup, dropoff] = [at("pickup"), at("dropoff")];
  const last = dropoff ?? pickup;
  if (!last) return null;
  const pickupS = pickup?.beginS ?? trip.loadedAtS ?? route.leaveS;
  return {
    tripId: trip.id,
    unitId: route.unitId,
    pickupS,
    dropoffS: dropoff?.beginS ?? last.departS,
    rideS: dropoff ? dropoff.beginS - (pickup?.departS ?? pickupS) : 0,
    lateS: Math.max(pickup?.lateS ?? 0, dropoff?.lateS ?? 0),
    slackS: slackOf(layout, plan, r, { pickup, dropoff }),
    costPoints: saved[r] as number,
    addedM: addedMetres(layout, plan, r),
    lateProbability: null,
  };
}

function missedBreaks(layout: Layout, plan: Plan): DayPlan["missedBreaks"] {
  const { visits, units, problem } = layout;
  const missed = plan.missed.flatMap((v) => {
    const laid = visits[v - 2 * (problem.n + problem.m)];
    const unit = laid && units[laid.unit];
    return unit && laid.breakId !== null ? [{ unitId: unit.id, breakId: laid.breakId, code: "no_time" as const }] : [];
  });
  const laidOut = new Set(visits.map(({ breakId, unit }) => `${unit} ${breakId}`));
  const unsound = units.flatMap((unit, k) =>
    unit.breaks
      .filter((one) => !laidOut.has(`${k} ${one.id}`))
      .map((one) => ({ unitId: unit.id, breakId: one.id, code: "no_time" as const })),
  );
  return [...missed, ...unsound];
}

/**
 * A plan of the engine as people read it: what each unit does and when, what each trip costs, what is left out and why.
 * Breaks of units that have nothing to do are not shown.
 */
export function readPlan(layout: Layout, plan: Plan): DayPlan {
  const { units, day } = layout;
  const routes = units.map((unit, k) => timeRoute(layout, unit, plan.isIdle(k) ? [] : legsOf(layout, plan, k)));
  const saved = savings(plan);
  const placed = routes.flatMap((route) => {
    const ids = new Set(route.stops.flatMap(({ tripId }) => tripId ?? []));
    return [...ids].flatMap((id) => {
      const trip = layout.trips[layout.requestOf.get(id) ?? -1];
      return (trip && placedTrip(layout, plan, route, trip, saved)) ?? [];
    });
  });
  const isFree = (k: number) => (plan.stops[k] as number) === 0;
  return {
    units: routes,
    trips: placed,
    unserved: unservedTrips(layout, plan),
    missedBreaks: missedBreaks(layout, plan),
    reserve: day.reserve.map((zone) => ({
      zoneId: zone.id,
      name: zone.name,
      wanted: zone.units,
      free: unitsOfZone(zone, units).filter(isFree).length,
    })),
    faults: [...layout.faults],
    totals: summed(routes.map((route) => route.totals)),
  };
}
