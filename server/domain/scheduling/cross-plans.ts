import type { Problem } from "./problem";
import type { Random } from "./random";

/** A plan at rest: nodes by vehicle. */
export type Routes = readonly (readonly number[])[];

const requestsOf = ({ n }: Problem, nodes: readonly number[] = []): number[] => nodes.filter((v) => v < n);

function overlap(problem: Problem, a: readonly number[] = [], b: readonly number[] = []): number {
  const other = new Set(requestsOf(problem, b));
  return requestsOf(problem, a).filter((r) => other.has(r)).length;
}

/** Where a route of plan b goes in plan a: of the vehicles of its class that still have their own route, the most alike. */
function placeFor(problem: Problem, a: Routes, b: Routes, from: number, taken: ReadonlyMap<number, number>): number {
  let [most, place] = [-1, -1];
  for (let k = 0; k < problem.m; k++) {
    if (taken.has(k) || problem.classOf[k] !== problem.classOf[from]) continue;
    const alike = overlap(problem, a[k], b[from]);
    if (alike > most) [most, place] = [alike, k];
  }
  return place;
}

/**
 * A plan that is that of a but for some routes, which are those of b: such as serve much the same requests together as
 * the routes that they replace. Requests that these leave out are in no route.
 * @see Y. Nagata, S. Kobayashi, "A memetic algorithm for the pickup and delivery problem with time windows using
 * selective route exchange crossover", PPSN XI (2010)
 */
export function crossPlans(problem: Problem, a: Routes, b: Routes, random: Random): number[][] {
  const inA = new Map(a.flatMap((nodes, k) => requestsOf(problem, nodes).map((r) => [r, k] as const)));
  const inB = new Map(b.flatMap((nodes, k) => requestsOf(problem, nodes).map((r) => [r, k] as const)));
  const used = b.flatMap((nodes, k) => (nodes.length > 0 ? [k] : []));
  const many = 1 + random.int(Math.max(1, Math.floor(used.length / 2)));
  /** Route of b by the vehicle of a that takes it. */
  const taken = new Map<number, number>();
  const given = new Set<number>();
  let from = used[random.int(used.length)];
  while (from !== undefined && given.size < many) {
    given.add(from);
    const place = placeFor(problem, a, b, from, taken);
    if (place >= 0) taken.set(place, from);
    // The route of b that serves most of what would be left out.
    const short = new Map<number, number>();
    for (const [r, k] of inA) {
      const other = inB.get(r);
      if (taken.has(k) && other !== undefined && !given.has(other)) short.set(other, (short.get(other) ?? 0) + 1);
    }
    from = [...short].sort(([, x], [, y]) => y - x)[0]?.[0];
  }
  const moved = new Set([...taken.values()].flatMap((k) => requestsOf(problem, b[k])));
  return Array.from({ length: problem.m }, (_, k) => {
    const route = taken.get(k);
    if (route !== undefined) return [...(b[route] ?? [])];
    return (a[k] ?? []).filter((v) => !moved.has(v < problem.n ? v : v - problem.n));
  });
}
