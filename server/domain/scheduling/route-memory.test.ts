import fc from "fast-check";
import { expect, test } from "vitest";
import { buildProblem } from "./build-problem";
import { Inserter } from "./insertion";
import { Plan } from "./plan";
import { seededRandom } from "./random";
import { RouteMemory } from "./route-memory";
import { randomDay } from "./testing";

/** Everything that is known of the planned nodes and the routes. */
function knownOf(plan: Plan) {
  const { problem, early, late, load, row } = plan;
  const routes = Array.from({ length: problem.m }, (_, k) => [plan.startOf(k), ...plan.nodesOf(k), plan.endOf(k)]);
  return {
    nodes: routes.map((route) => route.map((v) => [v, early[v], late[v], load[v]])),
    rows: routes.map((route) => route.slice(0, -1).map((v) => row[v])),
    costs: [...plan.routeCost],
    stops: [...plan.stops],
  };
}

test("a route that is remembered is as one that is worked out, also when there is little room to remember", () => {
  let recalled = 0;
  const property = fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.constantFrom(30, 300), (seed, held) => {
    const random = seededRandom(seed);
    const day = randomDay(random, { requests: 10, vehicles: 3, horizonMin: 480, windowMin: 60, rideMin: 60 });
    const visits = [{ place: null, serviceMin: 20, earliest: 200, latest: 300 }];
    const vehicles = day.vehicles.map((vehicle, k) => (k === 0 ? { ...vehicle, visits } : vehicle));
    const problem = buildProblem({ ...day, vehicles });
    const [plain, remembering] = [new Plan(problem), new Plan(problem, new RouteMemory(problem, held))];
    const inserter = new Inserter(plain);
    const seen = new Map<number, string>();
    for (let step = 0; step < 80; step++) {
      const [r, k] = [random.int(10), random.int(3)];
      if (problem.impossible.has(r)) continue;
      if ((plain.routeOf[r] ?? -1) >= 0) for (const plan of [plain, remembering]) plan.remove([r]);
      else if (inserter.search(r, k, Number.POSITIVE_INFINITY))
        for (const plan of [plain, remembering]) plan.insert(r, k, inserter.i, inserter.j);
      expect(knownOf(remembering)).toEqual(knownOf(plain));
      for (let route = 0; route < problem.m; route++) {
        const [version, stops] = [remembering.version[route] ?? 0, remembering.nodesOf(route).join()];
        expect(seen.get(version) ?? stops).toBe(stops);
        if (seen.has(version)) recalled += 1;
        seen.set(version, stops);
      }
    }
  });
  fc.assert(property, { numRuns: 60 });
  expect(recalled).toBeGreaterThan(100);
});
