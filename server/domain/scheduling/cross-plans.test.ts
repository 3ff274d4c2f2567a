import fc from "fast-check";
import { expect, test } from "vitest";
import { buildProblem } from "./build-problem";
import { crossPlans } from "./cross-plans";
import { Plan } from "./plan";
import { seededRandom } from "./random";
import { Search } from "./search";
import { loadable, randomDay, schedulable } from "./testing";

test("what two plans are crossed to serves no trip twice, whole trips only, and keeps every rule", () => {
  let mixed = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const random = seededRandom(seed);
      const input = randomDay(random, { requests: 20, vehicles: 5, horizonMin: 600, windowMin: 60, rideMin: 60 });
      const problem = buildProblem(input);
      const [a, b] = [1, 2].map((start) => {
        const search = new Search(problem, start);
        search.run(10);
        return Array.from({ length: problem.m }, (_, k) => search.best.nodesOf(k));
      });
      if (!a || !b) throw new Error("no plans");
      const crossed = crossPlans(problem, a, b, random);
      const nodes = crossed.flat();
      expect(new Set(nodes).size).toBe(nodes.length);
      for (const v of nodes) expect(nodes).toContain(v < problem.n ? v + problem.n : v - problem.n);
      const plan = new Plan(problem);
      crossed.forEach((stops, k) => {
        expect(schedulable(problem, k, stops)).toBe(true);
        expect(loadable(input, k, stops)).toBe(true);
        expect(plan.setRoute(k, stops)).toBe(true);
      });
      const known = (plans: readonly number[][]) => new Set(plans.map((stops) => stops.join()));
      const [ofA, ofB] = [known(a), known(b)];
      if (crossed.some((stops) => stops.length > 0 && ofB.has(stops.join()) && !ofA.has(stops.join()))) mixed += 1;
    }),
    { numRuns: 60 },
  );
  expect(mixed).toBeGreaterThan(20);
});
