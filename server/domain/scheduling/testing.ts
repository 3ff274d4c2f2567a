import type { Problem, ProblemInput, RequestInput, StopInput } from "./problem";
import type { Random } from "./random";

/** What a random day is made of. */
export type Shape = { requests: number; vehicles: number; horizonMin: number; windowMin: number; rideMin: number };

/** A random day in the plane for tests: some rides bound at the pickup, some at the drop-off, two kinds of place. */
export function randomDay(random: Random, shape: Shape): ProblemInput {
  const { requests: n, vehicles: m, horizonMin, windowMin, rideMin } = shape;
  const size = 2 * n + 2;
  const points = Array.from({ length: size }, () => [20 * random.next() - 10, 20 * random.next() - 10] as const);
  const minutes = Float64Array.from({ length: size * size }, (_, cell) => {
    const [a = [0, 0], b = [0, 0]] = [points[Math.floor(cell / size)], points[cell % size]];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  });
  const open = { earliest: 0, latest: horizonMin };
  const stop = (place: number, bound: boolean): StopInput => {
    const earliest = random.next() * (horizonMin - windowMin);
    return { place, serviceMin: 2, ...(bound ? { earliest, latest: earliest + windowMin } : open) };
  };
  const requests = Array.from({ length: n }, (_, r): RequestInput => {
    const outbound = random.int(2) === 0;
    return {
      id: `trip ${r}`,
      pickup: stop(r, !outbound),
      dropoff: stop(n + r, outbound),
      maxRideMin: rideMin,
      riders: random.int(4) === 0 ? [0, 1] : [1 + random.int(2), 0],
    };
  });
  const vehicles = Array.from({ length: m }, (_, k) => ({
    id: `unit ${k}`,
    start: 2 * n,
    end: 2 * n + (k % 2),
    ...open,
    maxRouteMin: 0.8 * horizonMin,
    setUps:
      k % 2 === 0
        ? [[3, 1]]
        : [
            [4, 0],
            [1, 2],
          ],
  }));
  return { requests, vehicles, travel: { size, minutes, cost: minutes } };
}

/** Is there a schedule for this order of nodes? Decided by relaxing every constraint until nothing moves (Bellman-Ford). */
export function schedulable(problem: Problem, k: number, stops: readonly number[]): boolean {
  const { n, m, nodes, time, service, open, close, maxRide, maxRoute } = problem;
  const route = [2 * n + k, ...stops, 2 * n + m + k];
  const at = new Map(route.map((v) => [v, open[v] ?? 0]));
  const get = (v: number) => at.get(v) ?? 0;
  for (let round = 0; round < route.length + 2; round++) {
    let moved = false;
    const raise = (v: number, to: number) => {
      if (to <= get(v) + 1e-9) return;
      at.set(v, to);
      moved = true;
    };
    route.forEach((v, position) => {
      const u = route[position - 1];
      if (u !== undefined) raise(v, get(u) + (service[u] ?? 0) + (time[u * nodes + v] ?? 0));
      if (v >= n && v < 2 * n) raise(v - n, get(v) - (maxRide[v - n] ?? 0) - (service[v - n] ?? 0));
      if (v === 2 * n + m + k) raise(2 * n + k, get(v) - (maxRoute[k] ?? 0));
    });
    if (route.some((v) => get(v) > (close[v] ?? 0) + 1e-8)) return false;
    if (!moved) return true;
  }
  return false;
}

/** Do the riders of these stops fit, each run from empty to empty in one of the vehicle's set-ups? */
export function loadable(input: ProblemInput, k: number, stops: readonly number[]): boolean {
  const n = input.requests.length;
  const setUps = input.vehicles[k]?.setUps ?? [];
  let load = [0, 0];
  let left = setUps.slice();
  for (const v of stops) {
    const riders = input.requests[v % n]?.riders ?? [];
    load = load.map((sum, kind) => sum + (v < n ? 1 : -1) * (riders[kind] ?? 0));
    left = left.filter((places) => load.every((sum, kind) => sum <= (places[kind] ?? 0)));
    if (left.length === 0) return false;
    if (load.every((sum) => sum === 0)) left = setUps.slice();
  }
  return true;
}

/** Length of a route, ends included; an unused vehicle stays at home. */
export function lengthOf({ n, m, nodes, cost }: Problem, k: number, stops: readonly number[]): number {
  if (stops.length === 0) return 0;
  const route = [2 * n + k, ...stops, 2 * n + m + k];
  return route.slice(1).reduce((sum, v, at) => sum + (cost[(route[at] ?? 0) * nodes + v] ?? 0), 0);
}
