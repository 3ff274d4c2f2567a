import fc from "fast-check";
import { expect, test } from "vitest";
import { Inserter } from "@/server/domain/scheduling/insertion";
import { Plan } from "@/server/domain/scheduling/plan";
import { type Random, seededRandom } from "@/server/domain/scheduling/random";
import { routesOf } from "./engine-plan";
import { layOut } from "./lay-out";
import type { Layout } from "./layout";
import { randomPlanningDay, searchPlan } from "./testing";
import type { PlanningDay } from "./types";

/** A day on a grid: its travel keeps the triangle inequality to the second. */
function gridDay(random: Random, live: boolean): PlanningDay {
  const day = randomPlanningDay(random, { trips: 12, units: 2, live });
  const { size } = day.travel;
  const points = Array.from({ length: size }, () => [random.int(12), random.int(12)] as const);
  const km = points.flatMap(([x, y]) => points.map(([a, b]) => Math.abs(x - a) + Math.abs(y - b)));
  const bands = [{ fromS: 0, durationsS: km.map((one) => 90 * one), distancesM: km.map((one) => 1000 * one) }];
  return { ...day, keepTogether: [], travel: { size, bands }, weights: { ...day.weights, bufferMinutes: 5 } };
}

/** Do the riders of these stops fit, alone where they ride alone, and is nobody aboard at a visit that is not fixed? */
function seated({ input, problem, day, trips }: Layout, k: number, nodes: readonly number[]): boolean {
  const { n, pinned } = problem;
  let setUps = [...(input.vehicles[k]?.setUps ?? [])];
  const aboard = new Set<number>();
  for (const v of nodes) {
    if (v >= 2 * n) {
      if (aboard.size > 0 && pinned[v] === 0) return false;
      continue;
    }
    if (v < n) aboard.add(v);
    else aboard.delete(v - n);
    const load = [0, 1, 2, 3].map((kind) =>
      [...aboard].reduce((sum, r) => sum + (input.requests[r]?.riders[kind] ?? 0), 0),
    );
    setUps =
      aboard.size === 0
        ? [...(input.vehicles[k]?.setUps ?? [])]
        : setUps.filter((places) => load.every((sum, kind) => sum <= (places[kind] ?? 0)));
    if (setUps.length === 0) return false;
    const crowd = (r: number) => aboard.size > (input.requests[r]?.mostAboard ?? aboard.size);
    if ([...aboard].some(crowd)) return false;
    const ids = new Set([...aboard].map((r) => trips[r]?.id));
    if (day.keepApart.some(([a, b]) => ids.has(a) && ids.has(b))) return false;
  }
  return true;
}

/** The cost of a route by itself; null when it breaks a rule. */
function costOf(layout: Layout, k: number, nodes: readonly number[]): number | null {
  if (!seated(layout, k, nodes)) return null;
  const plan = new Plan(layout.problem);
  return plan.setRoute(k, nodes) ? (plan.routeCost[k] as number) : null;
}

/** The least that request p adds to a route, by trying every place. */
function cheapest(layout: Layout, k: number, nodes: readonly number[], p: number): number {
  const { n, lastFixed } = layout.problem;
  const from = nodes.indexOf(lastFixed[k] as number) + 1;
  const before = costOf(layout, k, nodes) ?? Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  for (let i = from; i <= nodes.length; i++)
    for (let j = i; j <= nodes.length; j++) {
      const trial = [...nodes.slice(0, i), p, ...nodes.slice(i, j), p + n, ...nodes.slice(j)];
      const cost = costOf(layout, k, trial);
      if (cost !== null) least = Math.min(least, cost - before);
    }
  return least;
}

test("with breaks, given stops and prices an insertion is found exactly when there is one, and it is the cheapest", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.boolean(), (start, live) => {
      const layout = layOut(gridDay(seededRandom(start), live));
      const { n, m, allowed, pinned, impossible } = layout.problem;
      const plan = searchPlan(layout, start, 20);
      const p = Array.from({ length: n }, (_, r) => r).findLast((r) => pinned[r] === 0 && !impossible.has(r));
      if (p === undefined) return;
      if ((plan.routeOf[p] as number) >= 0) plan.remove([p]);
      const inserter = new Inserter(plan);
      routesOf(plan).forEach((nodes, k) => {
        if (allowed[p * m + k] === 0 || costOf(layout, k, nodes) === null) return;
        const least = cheapest(layout, k, nodes, p);
        expect(inserter.search(p, k, Number.POSITIVE_INFINITY)).toBe(Number.isFinite(least));
        if (Number.isFinite(least)) expect(inserter.cost).toBeCloseTo(least, 6);
      });
    }),
    { numRuns: 150 },
  );
});
