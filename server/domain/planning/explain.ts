import { PARTNER_IMPOSSIBLE } from "@/server/domain/scheduling/build-problem";
import type { Plan } from "@/server/domain/scheduling/plan";
import type { Layout } from "./layout";
import { NearMissFinder } from "./near-miss";
import type { Explanation, NearMiss, Obstacle, PlanningTrip, PlanningUnit, UnservedTrip } from "./types";
import { unitBars } from "./unit-rules";

/** How many of the cheapest ways an explanation names. */
const NAMED = 3;

const points = (miss: NearMiss): number =>
  miss.detourS / 60 + miss.obstacles.reduce((sum, one) => sum + 20 + ("byS" in one ? (2 * one.byS) / 60 : 0), 0);

/** Obstacles that a whole trip has, from what the engine said of it. */
function engineObstacles(text: string): Obstacle[] {
  if (text.startsWith("no way")) return [{ code: "unreachable" }];
  if (text.startsWith("its windows, its way")) return [{ code: "windows_exclude" }];
  if (text === "there is no vehicle") return [{ code: "no_units" }];
  return text === "every vehicle is refused" ? [] : [{ code: "input", detail: text }];
}

/** The bars of all units, each kind once. */
function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  const seen = new Map(obstacles.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}

/** A kind of place that is free on none of the units that could have come. */
function scarcePlace(misses: readonly NearMiss[]): Obstacle[] {
  const lacks = misses.flatMap(({ obstacles }) => obstacles.filter((one) => one.code === "no_place"));
  const [first] = lacks;
  if (!first || lacks.length < misses.length || lacks.some((one) => one.kind !== first.kind)) return [];
  const [fromS, toS] = [Math.min(...lacks.map((one) => one.fromS)), Math.max(...lacks.map((one) => one.toS))];
  return [{ code: "no_place", kind: first.kind, fromS, toS }];
}

function groupObstacle(layout: Layout, plan: Plan, r: number): Obstacle[] {
  const group = layout.problem.together?.[r];
  if (!group) return [];
  const refs = group.flatMap((other) => (other === r ? [] : (layout.trips[other]?.ref ?? [])));
  return plan.unserved.includes(r) || plan.problem.impossible.has(r) ? [{ code: "together", refs }] : [];
}

/** Says why trips are in no route, and what the cheapest way to serve them would break. */
export class Explainer {
  private readonly finder: NearMissFinder;

  constructor(
    private readonly layout: Layout,
    private readonly plan: Plan,
  ) {
    this.finder = new NearMissFinder(layout, plan);
  }

  /** What keeps a unit from having a trip: its bars, or the rules that its cheapest place would break; null = no way there. */
  onUnit(trip: PlanningTrip, r: number, k: number): NearMiss | null {
    const unit = this.layout.units[k] as PlanningUnit;
    const bars = unitBars(trip, unit);
    if (bars.length > 0) return { unitId: unit.id, callSign: unit.callSign, detourS: 0, detourM: 0, obstacles: bars };
    return this.finder.find(r, k);
  }

  /** Why request r is in no route. */
  explain(r: number): Explanation {
    const { layout, plan } = this;
    const trip = layout.trips[r] as PlanningTrip;
    const { units, problem } = layout;
    if (problem.impossible.get(r) === PARTNER_IMPOSSIBLE)
      return { obstacles: groupObstacle(layout, plan, r), closest: [], units: units.length };
    const said = engineObstacles(problem.impossible.get(r) ?? "every vehicle is refused");
    if (said.length > 0) return { obstacles: said, closest: [], units: units.length };
    const open = units.flatMap((unit, k) => (unitBars(trip, unit).length === 0 ? [k] : []));
    if (open.length === 0) {
      const bars = distinct(units.flatMap((unit) => unitBars(trip, unit)));
      return { obstacles: bars.length > 0 ? bars : [{ code: "no_units" }], closest: [], units: units.length };
    }
    const misses = open.flatMap((k) => this.finder.find(r, k) ?? []).toSorted((a, b) => points(a) - points(b));
    const group = groupObstacle(layout, plan, r);
    const closest = misses
      .slice(0, NAMED)
      .map((miss) => (miss.obstacles.length > 0 ? miss : { ...miss, obstacles: clear(group) }));
    const none: Obstacle[] = misses.length === 0 ? [{ code: "unreachable" }] : [];
    return { obstacles: [...none, ...group, ...scarcePlace(misses)], closest, units: units.length };
  }
}

/** A place that breaks no rule was not taken: because of those that go with the trip, or as the search ended too soon. */
const clear = (group: readonly Obstacle[]): Obstacle[] => (group.length > 0 ? [...group] : [{ code: "not_searched" }]);

/** Every trip that a plan leaves out, with why. */
export function unservedTrips(layout: Layout, plan: Plan): UnservedTrip[] {
  const explainer = new Explainer(layout, plan);
  const left = [...plan.unserved, ...layout.problem.impossible.keys()].toSorted((a, b) => a - b);
  return [
    ...[...layout.setAside].map(([tripId, obstacles]) => ({
      tripId,
      explanation: { obstacles, closest: [], units: layout.units.length },
    })),
    ...left.flatMap((r) => {
      const trip = layout.trips[r];
      return trip ? [{ tripId: trip.id, explanation: explainer.explain(r) }] : [];
    }),
  ];
}
