import type { Problem } from "./problem";

/** Requests by kinship: for each request all requests, the most related first (itself is the first). */
export type Neighbours = readonly Int32Array[];

function sorted(problem: Problem, gap: (a: number, b: number) => number): Neighbours {
  const { n, impossible } = problem;
  const usable = Array.from({ length: n }, (_, r) => r).filter((r) => !impossible.has(r));
  return Array.from({ length: n }, (_, a) => {
    const gaps = new Float64Array(n);
    for (const b of usable) gaps[b] = a === b ? -1 : gap(a, b);
    return Int32Array.from(usable.toSorted((x, y) => (gaps[x] as number) - (gaps[y] as number)));
  });
}

/** Requests that are near in place and time at both ends: they can take each other's place. */
export function alike(problem: Problem): Neighbours {
  const { n, nodes, cost, open, close } = problem;
  const between = (u: number, v: number) => {
    const way = Math.min(cost[u * nodes + v] as number, cost[v * nodes + u] as number);
    const apart =
      Math.abs((open[u] as number) - (open[v] as number)) + Math.abs((close[u] as number) - (close[v] as number));
    return way + 0.1 * apart;
  };
  return sorted(problem, (a, b) => between(a, b) + between(a + n, b + n));
}

/** Requests of which some end can well follow upon some end of the other, in place and time. */
export function successive(problem: Problem): Neighbours {
  const { n, nodes, time, cost, open, close, service } = problem;
  const follow = (u: number, v: number) => {
    const way = (service[u] as number) + (time[u * nodes + v] as number);
    if ((open[u] as number) + way > (close[v] as number)) return Number.POSITIVE_INFINITY;
    const wait = Math.max(0, (open[v] as number) - (close[u] as number) - way);
    return (cost[u * nodes + v] as number) + 0.2 * wait;
  };
  const either = (u: number, v: number) => Math.min(follow(u, v), follow(v, u));
  return sorted(problem, (a, b) =>
    Math.min(either(a, b), either(a, b + n), either(a + n, b), either(a + n, b + n), 1e9 + b),
  );
}
