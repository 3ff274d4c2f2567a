import fc from "fast-check";
import { expect, test } from "vitest";
import { buildProblem } from "./build-problem";
import { exchangeTails } from "./exchange";
import { Plan } from "./plan";
import { seededRandom } from "./random";
import { Search } from "./search";
import { lengthOf, loadable, randomDay, schedulable } from "./testing";

test("routes that exchanged their rests keep every rule, and serve the same requests", () => {
  let exchanged = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const random = seededRandom(seed);
      const shape = { requests: 20, vehicles: 5, horizonMin: 600, windowMin: 60, rideMin: 60 };
      const input = randomDay(random, shape);
      const search = new Search(buildProblem(input), seed);
      search.run(20);
      const { problem } = search;
      for (let tries = 0; tries < 30; tries++) {
        const plan = new Plan(problem);
        plan.copyFrom(search.best);
        const before = plan.unserved.length;
        if (!exchangeTails(plan, random.int(5), random.int(5), 50, random)) continue;
        exchanged += 1;
        expect(plan.unserved).toHaveLength(before);
        let length = 0;
        for (let k = 0; k < problem.m; k++) {
          const stops = plan.nodesOf(k);
          length += lengthOf(problem, k, stops);
          expect(schedulable(problem, k, stops)).toBe(true);
          expect(loadable(input, k, stops)).toBe(true);
        }
        expect(plan.distance).toBeCloseTo(length, 6);
      }
    }),
    { numRuns: 40 },
  );
  expect(exchanged).toBeGreaterThan(50);
});
