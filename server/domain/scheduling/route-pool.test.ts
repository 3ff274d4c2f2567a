import { expect, test } from "vitest";
import { buildProblem } from "./build-problem";
import { seededRandom } from "./random";
import { RouteLog } from "./route-log";
import { RoutePool } from "./route-pool";
import { Search } from "./search";
import { randomDay } from "./testing";

const shape = { requests: 30, vehicles: 6, horizonMin: 600, windowMin: 60, rideMin: 60 };
const problem = buildProblem(randomDay(seededRandom(7), shape));
const served = (stops: Iterable<number>) =>
  [...stops]
    .filter((v) => v < problem.n)
    .toSorted((a, b) => a - b)
    .join();

test("of the routes that serve the same requests with the same class of vehicle the cheapest is kept", () => {
  const pool = new RoutePool(problem);
  const [a, b] = [0, 1];
  const dear = pool.add(0, 9, [a, b, a + problem.n, b + problem.n]);
  expect(pool.add(2, 7, [b, a, a + problem.n, b + problem.n])).toBe(dear);
  expect([...pool.stopsOf(dear)]).toEqual([b, a, a + problem.n, b + problem.n]);
  expect(pool.add(0, 8, [a, a + problem.n, b, b + problem.n])).toBe(dear);
  expect(pool.cost[dear]).toBe(7);
  expect(pool.add(1, 8, [a, a + problem.n, b, b + problem.n])).not.toBe(dear);
  expect(pool.size).toBe(2);
});

test("the routes of the best plan are in the log of its search, none twice", () => {
  const log = new RouteLog(problem);
  const search = new Search(problem, 1, log);
  search.run(500);
  const pool = new RoutePool(problem);
  pool.addAll(log.take() ?? new Float64Array());
  expect(log.take()).toBeNull();
  const names = Array.from({ length: pool.size }, (_, c) => `${pool.vehicleClass[c]}: ${served(pool.stopsOf(c))}`);
  expect(new Set(names).size).toBe(pool.size);
  for (let k = 0; k < problem.m; k++)
    if (search.best.stops[k] !== 0) expect(names).toContain(`${problem.classOf[k]}: ${served(search.best.nodesOf(k))}`);
});
