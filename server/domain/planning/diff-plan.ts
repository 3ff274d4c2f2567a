import type { Layout } from "./layout";
import { NO_TOTALS, summed } from "./plan-totals";
import { manifestLegs, timeRoute } from "./time-route";
import type { DayPlan, PlanDiff, PlannedStop, Seconds, TripChange, UnitDiff, UnitPlan } from "./types";

/** A pickup that moves by less than this counts as unchanged, in seconds. */
const RETIMED_FROM_S = 60;

type Where = { unitId: string; pickupS: Seconds; planned: boolean };

/** The pickup (for a rider aboard the drop-off) of each trip in a route. */
function whereabouts(routes: readonly UnitPlan[]): Map<string, Where> {
  const found = new Map<string, Where>();
  for (const { unitId, stops } of routes)
    for (const { tripId, beginS } of stops)
      if (tripId !== null && !found.has(tripId)) found.set(tripId, { unitId, pickupS: beginS, planned: true });
  return found;
}

function changeOf(tripId: string, from: Where | undefined, to: Where | undefined): TripChange | null {
  const change = {
    tripId,
    fromUnitId: from?.unitId ?? null,
    toUnitId: to?.unitId ?? null,
    fromPickupS: from?.pickupS ?? null,
    toPickupS: to?.pickupS ?? null,
  };
  if (!from) return to ? { ...change, change: "added" } : null;
  if (!to) return { ...change, change: "removed" };
  if (from.unitId !== to.unitId) return { ...change, change: "moved" };
  return Math.abs(from.pickupS - to.pickupS) >= RETIMED_FROM_S ? { ...change, change: "retimed" } : null;
}

/** The stops that a manifest times itself, in place of those reckoned. */
function withPlannedTimes(route: UnitPlan, plannedS: ReadonlyMap<string, Seconds>): UnitPlan {
  const stops = route.stops.map((stop): PlannedStop => {
    const at = stop.stopId === null ? undefined : plannedS.get(stop.stopId);
    return at === undefined ? stop : { ...stop, beginS: at };
  });
  return { ...route, stops };
}

/** The manifests as they are, timed, whether they keep the rules or not. */
export const manifestsAsTheyAre = (layout: Layout): UnitPlan[] => {
  const trips = new Map(layout.day.trips.map((trip) => [trip.id, trip]));
  return layout.units.map((unit) => timeRoute(layout, unit, manifestLegs(unit, trips)));
};

function unitDiff(before: UnitPlan | undefined, after: UnitPlan, changes: readonly TripChange[]): UnitDiff {
  const { unitId, callSign } = after;
  return {
    unitId,
    callSign,
    added: changes.filter((one) => one.toUnitId === unitId && one.fromUnitId !== unitId).length,
    removed: changes.filter((one) => one.fromUnitId === unitId && one.toUnitId !== unitId).length,
    retimed: changes.filter((one) => one.toUnitId === unitId && one.change === "retimed").length,
    before: before?.totals ?? NO_TOTALS,
    after: after.totals,
  };
}

type Before = { routes: readonly UnitPlan[]; old: ReadonlyMap<string, Where> };

function diffFrom({ routes, old }: Before, plan: DayPlan): PlanDiff {
  const next = whereabouts(plan.units);
  const ids = [...new Set([...old.keys(), ...next.keys()])];
  const trips = ids.flatMap((id) => changeOf(id, old.get(id), next.get(id)) ?? []);
  const count = (change: TripChange["change"]) => trips.filter((one) => one.change === change).length;
  const routeOf = new Map(routes.map((route) => [route.unitId, route]));
  return {
    trips,
    units: plan.units.map((after) => unitDiff(routeOf.get(after.unitId), after, trips)),
    added: count("added"),
    moved: count("moved"),
    removed: count("removed"),
    retimed: count("retimed"),
    before: summed(routes.map((route) => route.totals)),
    after: plan.totals,
  };
}

/** What one plan of a day does otherwise than another: per trip, per unit and in total. */
export const diffPlans = (before: DayPlan, after: DayPlan): PlanDiff =>
  diffFrom({ routes: before.units, old: whereabouts(before.units) }, after);

/** What a plan changes in the manifests as they are: per trip, per unit and in total. */
export function diffPlan(layout: Layout, plan: DayPlan): PlanDiff {
  const before = manifestsAsTheyAre(layout);
  const plannedS = new Map(
    layout.units.flatMap((unit) =>
      unit.stops.flatMap((stop) =>
        stop.id !== null && stop.plannedS !== null ? [[stop.id, stop.plannedS] as const] : [],
      ),
    ),
  );
  const known = new Set(layout.day.trips.map((trip) => trip.id));
  const there = whereabouts(before.map((route) => withPlannedTimes(route, plannedS)));
  const old = new Map([...there].filter(([id]) => known.has(id)));
  return diffFrom({ routes: before, old }, plan);
}
