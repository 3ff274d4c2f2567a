import fc from "fast-check";
import { expect, test } from "vitest";
import { assemblePlan } from "@/server/domain/scheduling/assemble-plan";
import { buildProblem } from "@/server/domain/scheduling/build-problem";
import { combineRoutes } from "@/server/domain/scheduling/combine-routes";
import type { Column, Rows } from "@/server/domain/scheduling/cover-solver";
import { seededRandom } from "@/server/domain/scheduling/random";
import { RouteLog } from "@/server/domain/scheduling/route-log";
import { RoutePool } from "@/server/domain/scheduling/route-pool";
import { Search } from "@/server/domain/scheduling/search";
import { loadable, randomDay, schedulable } from "@/server/domain/scheduling/testing";
import { loadCoverSolver } from "./highs-cover";

const solver = await loadCoverSolver();

/** The least cost of a choice that keeps to the rows, by trying all. */
function least(rows: Rows, columns: readonly Column[]): number {
  let cheapest = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 2 ** columns.length; choice++) {
    const chosen = columns.filter((_, c) => (choice >> c) % 2 === 1);
    const sums = rows.lower.map((_, row) => chosen.filter((column) => column.rows.includes(row)).length);
    if (sums.every((sum, row) => sum >= (rows.lower[row] ?? 0) && sum <= (rows.upper[row] ?? 0)))
      cheapest = Math.min(
        cheapest,
        chosen.reduce((sum, { cost }) => sum + cost, 0),
      );
  }
  return cheapest;
}

const column = fc.record({
  cost: fc.integer({ min: 1, max: 40 }),
  rows: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
});

test("the cheapest choice of columns is found, and the relaxed program is no dearer", () => {
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (some, most) => {
      const alone = [0, 1, 2, 3].map((row): Column => ({ cost: 100, rows: [row] }));
      const columns = [...alone, ...some.map(({ cost, rows }) => ({ cost, rows: [...rows, 4] }))];
      const rows = { lower: [1, 1, 1, 1, 0], upper: [9, 9, 9, 9, most] };
      const cheapest = least(rows, columns);
      const { columns: chosen, proven } = solver.choose(rows, columns, [0, 1, 2, 3], 10);
      const cost = (chosen ?? [0, 1, 2, 3]).reduce((sum, c) => sum + (columns[c]?.cost ?? 0), 0);
      expect({ cost, proven }).toEqual({ cost: cheapest, proven: true });
      const program = solver.relax(rows);
      program.add(columns);
      expect(program.solve(10)?.cost).toBeLessThanOrEqual(cheapest + 1e-6);
      program.close();
    }),
    { numRuns: 20 },
  );
});

test("routes of several searches are combined into a plan that keeps every rule and costs no more than the best", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const shape = { requests: 24, vehicles: 5, horizonMin: 480, windowMin: 40, rideMin: 50 };
      const input = randomDay(seededRandom(seed), shape);
      const problem = buildProblem(input);
      const pool = new RoutePool(problem);
      const searches = [1, 2, 3].map((start) => {
        const log = new RouteLog(problem);
        const search = new Search(problem, start, log);
        search.run(150);
        pool.addAll(log.take() ?? new Float64Array());
        return search;
      });
      const best = searches.map((search) => search.best).sort((a, b) => a.objective - b.objective)[0];
      if (!best) throw new Error("no search");
      const incumbent = Array.from({ length: problem.m }, (_, k) => k)
        .filter((k) => best.stops[k] !== 0)
        .map((k) => pool.add(k, best.routeCost[k] ?? 0, best.nodesOf(k)));
      const limits = { relaxS: 10, chooseS: 10, most: 1000, now: () => performance.now() };
      const result = combineRoutes(pool, solver, incumbent, best.objective, limits);
      expect(result?.bound).toBeLessThanOrEqual(best.objective + 1e-6);
      if (!result?.routes) return;
      const chosen = result.routes.map((c) => ({
        vehicleClass: pool.vehicleClass[c] ?? -1,
        stops: [...pool.stopsOf(c)],
      }));
      const plan = assemblePlan(problem, chosen);
      expect(plan.objective).toBeLessThan(best.objective);
      for (let k = 0; k < problem.m; k++) {
        expect(schedulable(problem, k, plan.nodesOf(k))).toBe(true);
        expect(loadable(input, k, plan.nodesOf(k))).toBe(true);
      }
    }),
    { numRuns: 8 },
  );
});
