import fc from "fast-check";
import { expect, test } from "vitest";
import { buildProblem } from "./build-problem";
import { Inserter } from "./insertion";
import { Plan } from "./plan";
import type { Problem, ProblemInput } from "./problem";
import { seededRandom } from "./random";
import { Search } from "./search";
import { lengthOf, loadable, randomDay, schedulable } from "./testing";

const shape = fc.record({
  requests: fc.integer({ min: 1, max: 12 }),
  vehicles: fc.integer({ min: 1, max: 3 }),
  horizonMin: fc.integer({ min: 120, max: 480 }),
  windowMin: fc.integer({ min: 5, max: 60 }),
  rideMin: fc.integer({ min: 10, max: 60 }),
});
const seed = fc.integer({ min: 0, max: 2 ** 30 });

const routesOf = (plan: Plan) => Array.from({ length: plan.problem.m }, (_, k) => plan.nodesOf(k));

/** A solved day. */
function solved(input: ProblemInput, start: number, iterations: number) {
  const search = new Search(buildProblem(input), start);
  search.run(iterations);
  return search;
}

test("every plan keeps windows, ride limits, route limits, places and set-ups", () => {
  fc.assert(
    fc.property(shape, seed, (day, start) => {
      const input = randomDay(seededRandom(start), day);
      const { problem, best } = solved(input, start, 150);
      const served = new Set<number>();
      routesOf(best).forEach((route, k) => {
        expect(schedulable(problem, k, route)).toBe(true);
        expect(loadable(input, k, route)).toBe(true);
        for (const v of route) served.add(v);
      });
      const left = best.unserved.length + problem.impossible.size;
      expect(served.size).toBe(2 * (day.requests - left));
      const length = routesOf(best).reduce((sum, route, k) => sum + lengthOf(problem, k, route), 0);
      expect(best.distance).toBeCloseTo(length, 6);
    }),
    { numRuns: 60 },
  );
});

test("the same seed gives the same plan", () => {
  const input = randomDay(seededRandom(5), { requests: 20, vehicles: 3, horizonMin: 480, windowMin: 30, rideMin: 40 });
  expect(routesOf(solved(input, 9, 400).best)).toEqual(routesOf(solved(input, 9, 400).best));
});

test("a search with time for several beginnings ends with the best of all, and repeats itself for a seed", () => {
  const input = randomDay(seededRandom(5), { requests: 12, vehicles: 3, horizonMin: 480, windowMin: 30, rideMin: 40 });
  const searchLong = () => {
    const search = new Search(buildProblem(input), 3);
    const bests: number[] = [];
    for (let slice = 0; slice < 400; slice++) {
      search.progress = slice / 400;
      search.run(100);
      bests.push(search.best.objective);
    }
    return { routes: routesOf(search.best), bests };
  };
  const { routes, bests } = searchLong();
  expect(bests).toEqual(bests.toSorted((a, b) => b - a));
  expect(searchLong().routes).toEqual(routes);
  expect(bests.at(-1)).toBeLessThanOrEqual(solved(input, 3, 400).best.objective + 1e-9);
});

test("a plan that is taken over is kept if it is better, at whatever time it comes", () => {
  const input = randomDay(seededRandom(8), { requests: 14, vehicles: 3, horizonMin: 480, windowMin: 40, rideMin: 50 });
  const better = solved(input, 1, 3000).best;
  for (const when of [0, 0.2, 0.9]) {
    const search = new Search(buildProblem(input), 2);
    for (let slice = 0; slice < 20; slice++) {
      search.progress = slice / 20;
      if (Math.abs(search.progress - when) < 1e-9) search.adopt(routesOf(better));
      search.run(slice === 0 ? 2000 : 1);
    }
    expect(search.best.objective).toBeLessThanOrEqual(better.objective + 1e-9);
  }
});

/** Every way to put request p into the stops, with its length. */
function* placements(problem: Problem, stops: readonly number[], p: number) {
  for (let i = 0; i <= stops.length; i++)
    for (let j = i; j <= stops.length; j++)
      yield [...stops.slice(0, i), p, ...stops.slice(i, j), p + problem.n, ...stops.slice(j)];
}

test("an insertion is found exactly when there is one, and it is the cheapest", () => {
  fc.assert(
    fc.property(shape, seed, (day, start) => {
      const input = randomDay(seededRandom(start), { ...day, requests: day.requests + 2 });
      const { problem, best } = solved(input, start, 10);
      const p = problem.n - 1;
      if (problem.impossible.has(p)) return;
      if ((best.routeOf[p] ?? -1) >= 0) best.remove([p]);
      const inserter = new Inserter(best);
      for (let k = 0; k < problem.m; k++) {
        const stops = best.nodesOf(k);
        let cheapest = Number.POSITIVE_INFINITY;
        for (const route of placements(problem, stops, p))
          if (schedulable(problem, k, route) && loadable(input, k, route))
            cheapest = Math.min(cheapest, lengthOf(problem, k, route) - lengthOf(problem, k, stops));
        expect(inserter.search(p, k, Number.POSITIVE_INFINITY)).toBe(Number.isFinite(cheapest));
        if (Number.isFinite(cheapest)) expect(inserter.cost).toBeCloseTo(cheapest, 6);
      }
    }),
    { numRuns: 150 },
  );
});

/** The least length of one vehicle's route over these requests, by trying every order. */
function shortest(problem: Problem, input: ProblemInput, k: number, requests: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  const extend = (stops: number[], waiting: readonly number[], aboard: readonly number[]) => {
    if (waiting.length + aboard.length === 0) {
      if (schedulable(problem, k, stops) && loadable(input, k, stops))
        least = Math.min(least, lengthOf(problem, k, stops));
      return;
    }
    for (const r of waiting)
      extend(
        [...stops, r],
        waiting.filter((one) => one !== r),
        [...aboard, r],
      );
    for (const r of aboard)
      extend(
        [...stops, r + problem.n],
        waiting,
        aboard.filter((one) => one !== r),
      );
  };
  extend([], requests, []);
  return least;
}

test("on tiny days the search finds the best plan there is", () => {
  fc.assert(
    fc.property(seed, (start) => {
      const day = { requests: 4, vehicles: 2, horizonMin: 240, windowMin: 60, rideMin: 40 };
      const input = randomDay(seededRandom(start), day);
      const { problem, best } = solved(input, start, 300);
      const usable = [0, 1, 2, 3].filter((r) => !problem.impossible.has(r));
      let least = Number.POSITIVE_INFINITY;
      for (let split = 0; split < 2 ** usable.length; split++) {
        const first = usable.filter((_, at) => (split >> at) % 2 === 1);
        const second = usable.filter((_, at) => (split >> at) % 2 === 0);
        if (first.length > 3 || second.length > 3) continue;
        least = Math.min(least, shortest(problem, input, 0, first) + shortest(problem, input, 1, second));
      }
      if (Number.isFinite(least)) {
        expect(best.unserved).toEqual([]);
        expect(best.distance).toBeLessThanOrEqual(least + 1e-6);
      }
    }),
    { numRuns: 25 },
  );
});

test("what cannot be served is left out with a reason, and the rest is planned", () => {
  const day = randomDay(seededRandom(3), { requests: 6, vehicles: 2, horizonMin: 480, windowMin: 60, rideMin: 60 });
  const [a, b, c, d, ...rest] = day.requests;
  if (!a || !b || !c || !d) throw new Error("too few requests");
  const requests = [
    { ...a, pickup: { ...a.pickup, earliest: 300, latest: 200 } },
    { ...b, maxRideMin: Number.NaN },
    { ...c, dropoff: { ...c.dropoff, place: 999 } },
    { ...d, pickup: { ...d.pickup, serviceMin: -5 } },
    ...rest,
  ];
  const { problem, best } = solved({ ...day, requests }, 1, 100);
  expect([...problem.impossible.keys()]).toEqual([0, 1, 2, 3]);
  expect(problem.impossible.get(0)).toBe("pickup: its window ends before it begins");
  expect(best.unserved).toEqual([]);
  expect(routesOf(best).flat()).toHaveLength(4);
});

test("cells of the matrix that are no number are never driven, and nothing hangs", () => {
  fc.assert(
    fc.property(seed, (start) => {
      const random = seededRandom(start);
      const day = { requests: 8, vehicles: 2, horizonMin: 400, windowMin: 60, rideMin: 60 };
      const input = randomDay(random, day);
      for (let i = 0; i < 60; i++)
        input.travel.minutes[random.int(input.travel.minutes.length)] = [Number.NaN, -1, 5, 0][i % 4] ?? 0;
      const { problem, best } = solved(input, start, 100);
      routesOf(best).forEach((route, k) => expect(route.length === 0 || schedulable(problem, k, route)).toBe(true));
      expect(Number.isFinite(best.distance)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("a day without vehicles or without trips is planned at once", () => {
  const day = randomDay(seededRandom(3), { requests: 3, vehicles: 1, horizonMin: 480, windowMin: 60, rideMin: 60 });
  const none = solved({ ...day, vehicles: [] }, 1, 10);
  expect([...none.problem.impossible.values()]).toEqual(Array(3).fill("there is no vehicle"));
  expect(solved({ ...day, requests: [] }, 1, 10).best.distance).toBe(0);
});
