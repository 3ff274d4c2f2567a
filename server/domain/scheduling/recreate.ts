import type { InsertionCache } from "./insertion-cache";
import type { Plan } from "./plan";
import type { Problem } from "./problem";
import type { Random } from "./random";

/** Puts what can be served back into a plan. */
export type Recreate = (plan: Plan, cache: InsertionCache, random: Random) => void;

/** A route is passed over with this chance, so that the greedy choice differs from time to time. */
const BLINK = 0.02;

/** An order in which requests are put back. */
type Order = (problem: Problem, r: number) => number;

const width: Order = ({ n, open, close }, r) =>
  Math.min((close[r] as number) - (open[r] as number), (close[r + n] as number) - (open[r + n] as number));
const longestFirst: Order = ({ n, nodes, cost }, r) => -(cost[r * nodes + r + n] as number);
const farthestFirst: Order = ({ n, nodes, cost }, r) =>
  -((cost[2 * n * nodes + r] as number) + (cost[2 * n * nodes + r + n] as number));
const earliestFirst: Order = ({ open }, r) => open[r] as number;
const latestFirst: Order = ({ close }, r) => -(close[r] as number);

/** Puts one request where it costs least. @returns whether some route had room */
export function insertCheapest(plan: Plan, cache: InsertionCache, r: number, random: Random | null): boolean {
  const { m, allowed, classOf } = plan.problem;
  let [limit, route, i, j] = [Number.POSITIVE_INFINITY, -1, -1, -1];
  let triedEmpty = -1;
  for (let k = 0; k < m; k++) {
    if (allowed[r * m + k] === 0) continue;
    if (plan.stops[k] === 0) {
      if (classOf[k] === triedEmpty) continue;
      triedEmpty = classOf[k] as number;
    }
    if (random !== null && random.next() < BLINK) continue;
    const reserve = plan.stops[k] === 0 ? plan.reserveCost(k) : 0;
    if (cache.best(r, k, limit - reserve)) [limit, route, i, j] = [cache.cost + reserve, k, cache.i, cache.j];
  }
  if (route < 0) return false;
  plan.insert(r, route, i, j);
  return true;
}

function shuffle(list: number[], random: Random): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.int(last + 1);
    const kept = list[last] as number;
    list[last] = list[other] as number;
    list[other] = kept;
  }
}

/** One request after the other, each where it costs least at that moment. */
const oneByOne =
  (order: Order | null): Recreate =>
  (plan, cache, random) => {
    const list = plan.unserved.slice();
    shuffle(list, random);
    if (order) {
      const keys = new Map(list.map((r) => [r, order(plan.problem, r)]));
      list.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
    }
    for (const r of list) insertCheapest(plan, cache, r, random);
  };

/** Sum over the next best routes of what a request would cost more there than in its best one; large = urgent. */
function regretOf(plan: Plan, cache: InsertionCache, r: number, depth: number): number {
  const { m, allowed, absence } = plan.problem;
  const costs: number[] = [];
  for (let k = 0; k < m; k++)
    if (allowed[r * m + k] === 1 && cache.best(r, k, Number.POSITIVE_INFINITY)) costs.push(cache.cost);
  costs.sort((a, b) => a - b);
  const best = costs[0];
  if (best === undefined) return Number.NEGATIVE_INFINITY;
  let regret = -1e-3 * best;
  for (let at = 1; at < depth; at++) regret += (costs[at] ?? absence) - best;
  return regret;
}

/** Always the request that would lose most by waiting. */
const byRegret =
  (depth: number): Recreate =>
  (plan, cache, random) => {
    const left = new Set(plan.unserved);
    while (left.size > 0) {
      let [most, chosen] = [Number.NEGATIVE_INFINITY, -1];
      for (const r of left) {
        const regret = regretOf(plan, cache, r, depth) * (0.9 + 0.2 * random.next());
        if (regret === Number.NEGATIVE_INFINITY) left.delete(r);
        else if (regret > most) [most, chosen] = [regret, r];
      }
      if (chosen < 0) return;
      left.delete(chosen);
      insertCheapest(plan, cache, chosen, null);
    }
  };

/** The ways to put requests back, each with its share of all iterations. */
export const RECREATES: readonly { recreate: Recreate; share: number }[] = [
  { recreate: oneByOne(null), share: 6 },
  { recreate: oneByOne(width), share: 1 },
  { recreate: oneByOne(longestFirst), share: 3 },
  { recreate: oneByOne(farthestFirst), share: 2 },
  { recreate: oneByOne(earliestFirst), share: 1 },
  { recreate: oneByOne(latestFirst), share: 1 },
  { recreate: byRegret(2), share: 1 },
  { recreate: byRegret(3), share: 0.5 },
];

/** The plan to begin with: the tightest windows first, then whatever is left by regret. */
export const firstPlan: Recreate = (plan, cache, random) => oneByOne(earliestFirst)(plan, cache, random);
