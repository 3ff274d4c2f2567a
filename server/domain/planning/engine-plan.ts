import { Inserter } from "@/server/domain/scheduling/insertion";
import { Plan } from "@/server/domain/scheduling/plan";
import type { Layout } from "./layout";
import type { PlanningUnit } from "./types";

/** Routes of the engine: nodes by vehicle. */
export type Routes = readonly (readonly number[])[];

export const routesOf = (plan: Plan): number[][] => Array.from({ length: plan.problem.m }, (_, k) => plan.nodesOf(k));

/** Requests that go together are all in the plan or none of them is; fixed ones stay. */
function keepGroupsWhole(plan: Plan): void {
  const { together } = plan.problem;
  if (together === null) return;
  const broken = plan.unserved.filter((r) => together[r] != null);
  plan.remove(broken.flatMap((r) => together[r] ?? []));
}

/** The plan that routes found by a search stand for. */
export function planOf(layout: Layout, routes: Routes): Plan {
  const plan = new Plan(layout.problem);
  routes.forEach((nodes, k) => {
    if (nodes.length > 0) plan.setRoute(k, nodes);
  });
  keepGroupsWhole(plan);
  return plan;
}

/** The stops of a manifest that can be moved, as nodes in order: whole trips that this unit may serve. */
function freeNodes(layout: Layout, unit: PlanningUnit, k: number): number[] {
  const { n, m, allowed, impossible } = layout.problem;
  const nodes: number[] = [];
  const open = new Set<number>();
  for (const stop of unit.stops) {
    const r = stop.tripId === null ? undefined : layout.requestOf.get(stop.tripId);
    if (r === undefined || impossible.has(r) || allowed[r * m + k] !== 1) continue;
    if (stop.kind === "pickup" && !open.has(r)) {
      open.add(r);
      nodes.push(r);
      if (layout.trips[r]?.dropoff === null) nodes.push(r + n);
    } else if (stop.kind === "dropoff" && open.has(r) && !nodes.includes(r + n)) nodes.push(r + n);
  }
  return nodes.filter((v) => nodes.includes(v < n ? v + n : v - n));
}

/**
 * The manifests as they are, as far as they keep the rules: each route in its order, or else trip by trip where each fits.
 * A search that begins from here moves no more than it gains by.
 */
export function manifestPlan(layout: Layout): Plan {
  const { problem, units } = layout;
  const { n } = problem;
  const plan = new Plan(problem);
  const inserter = new Inserter(plan);
  units.forEach((unit, k) => {
    const given = plan.nodesOf(k);
    const free = freeNodes(layout, unit, k).filter((v) => problem.pinned[v < n ? v : v - n] === 0);
    const owed = given.filter((v) => v < 2 * n);
    const visits = given.filter((v) => v >= 2 * n && problem.pinned[v] === 0);
    if (free.length === 0) return;
    const fixedVisits = given.filter((v) => v >= 2 * n && problem.pinned[v] === 1);
    if (visits.length === 0 && fixedVisits.length === 0 && plan.setRoute(k, [...owed, ...free])) return;
    plan.setRoute(k, given);
    for (const r of free) {
      if (r >= n || (plan.routeOf[r] as number) >= 0 || !plan.mayJoin(r, k)) continue;
      if (inserter.search(r, k, Number.POSITIVE_INFINITY)) plan.insert(r, k, inserter.i, inserter.j);
    }
  });
  keepGroupsWhole(plan);
  return plan;
}
