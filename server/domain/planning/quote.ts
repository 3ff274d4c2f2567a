import { Inserter } from "@/server/domain/scheduling/insertion";
import type { Plan } from "@/server/domain/scheduling/plan";
import { manifestPlan, planOf } from "./engine-plan";
import { Explainer } from "./explain";
import { layOut } from "./lay-out";
import { type Layout, toS } from "./layout";
import { NearMissFinder } from "./near-miss";
import type { DayPlan, NearMiss, PlanningDay, PlanningUnit, WorkInOption, WorkInQuote } from "./types";
import { unitBars } from "./unit-rules";

/** The routes of a plan as the engine numbers them; stops that are not known there are left out. */
export function routesOfDayPlan(layout: Layout, plan: Pick<DayPlan, "units">): number[][] {
  const { problem, requestOf, units, visits, trips } = layout;
  const { n, m } = problem;
  const routeOf = new Map(plan.units.map((route) => [route.unitId, route]));
  return units.map((unit, k) => {
    const aboard = problem.given[k]?.fixed.filter((v) => v < n && trips[v]?.aboard) ?? [];
    const stops = routeOf.get(unit.id)?.stops ?? [];
    const nodes = stops.flatMap((stop): number[] => {
      const r = stop.tripId === null ? undefined : requestOf.get(stop.tripId);
      if (r !== undefined && stop.kind === "pickup") return trips[r]?.dropoff === null ? [r, r + n] : [r];
      if (r !== undefined && stop.kind === "dropoff") return [r + n];
      const visit = visits.findIndex(
        (laid) =>
          laid.unit === k && (stop.breakId === null ? laid.stop?.id === stop.stopId : laid.breakId === stop.breakId),
      );
      return visit < 0 ? [] : [2 * (n + m) + visit];
    });
    return stops.length === 0 ? [] : [...aboard, ...nodes];
  });
}

/** Answers whether one more trip can be taken into a plan, on which units, at what detour and price. */
export class QuoteDesk {
  private readonly inserter: Inserter;
  private readonly finder: NearMissFinder;
  private readonly explainer: Explainer;

  constructor(
    readonly layout: Layout,
    readonly plan: Plan,
  ) {
    this.inserter = new Inserter(plan);
    this.finder = new NearMissFinder(layout, plan);
    this.explainer = new Explainer(layout, plan);
  }

  /** @param tripId - a trip of the day that is in no route */
  quote(tripId: string): WorkInQuote {
    const { layout, plan } = this;
    const r = layout.requestOf.get(tripId);
    const trip = r === undefined ? undefined : layout.trips[r];
    if (r === undefined || !trip) {
      const obstacles = layout.setAside.get(tripId) ?? [
        { code: "input" as const, detail: "the trip is not of this day" },
      ];
      return { tripId, options: [], rejected: [], obstacles };
    }
    if (layout.problem.impossible.has(r))
      return { tripId, options: [], rejected: [], obstacles: this.explainer.explain(r).obstacles };
    const options: WorkInOption[] = [];
    const rejected: NearMiss[] = [];
    layout.units.forEach((unit, k) => {
      const option = unitBars(trip, unit).length === 0 && plan.mayJoin(r, k) ? this.option(r, k) : null;
      if (option) options.push(option);
      else rejected.push(this.explainer.onUnit(trip, r, k) ?? unreachable(unit));
    });
    return {
      tripId,
      options: options.toSorted((a, b) => a.costPoints - b.costPoints),
      rejected: rejected.toSorted((a, b) => a.obstacles.length - b.obstacles.length || a.detourS - b.detourS),
      obstacles: [],
    };
  }

  /** The cheapest place on one unit, with the promise that can be given there. */
  private option(r: number, k: number): WorkInOption | null {
    const { inserter, plan, layout } = this;
    if (!inserter.search(r, k, Number.POSITIVE_INFINITY)) return null;
    const { i, j } = inserter;
    const reserve = (plan.stops[k] as number) === 0 ? plan.reserveCost(k) : 0;
    const costPoints = inserter.cost + reserve;
    const before = [plan.startOf(k), ...plan.nodesOf(k), plan.endOf(k)];
    plan.insert(r, k, i, j);
    const { n } = layout.problem;
    const after = [plan.startOf(k), ...plan.nodesOf(k), plan.endOf(k)];
    const [early, late] = [plan.early[r] as number, plan.late[r] as number];
    const dropoff = plan.early[r + n] as number;
    plan.remove([r]);
    const unit = layout.units[k] as PlanningUnit;
    return {
      unitId: unit.id,
      callSign: unit.callSign,
      afterStop: this.stopsUpTo(before, i),
      dropAfterStop: this.stopsUpTo(before, j),
      ...this.finder.detour(before, after),
      costPoints,
      earliestPickupS: toS(early),
      latestPickupS: toS(late),
      earliestDropoffS: toS(dropoff),
    };
  }

  /** Index of the last planned stop up to a node; -1 when there is none. */
  private stopsUpTo(route: readonly number[], node: number): number {
    const { problem, trips } = this.layout;
    const { n, m } = problem;
    let count = -1;
    for (const v of route) {
      const shown = v < n ? !trips[v]?.aboard : v < 2 * n ? trips[v - n]?.dropoff !== null : v >= 2 * (n + m);
      if (shown) count += 1;
      if (v === node) return count;
    }
    return count;
  }
}

const unreachable = ({ id, callSign }: PlanningUnit): NearMiss => ({
  unitId: id,
  callSign,
  detourS: 0,
  detourM: 0,
  obstacles: [{ code: "unreachable" }],
});

/**
 * Opens a desk for a plan. The trips to be asked about are trips of the day that are in no route.
 * @param plan - a plan of this day, or null for the manifests as they are, as far as they keep the rules
 */
export function openDesk(day: PlanningDay, plan: Pick<DayPlan, "units"> | null): QuoteDesk {
  const layout = layOut(day);
  return new QuoteDesk(layout, plan === null ? manifestPlan(layout) : planOf(layout, routesOfDayPlan(layout, plan)));
}
