import type { InsertionCache } from "./insertion-cache";
import type { Plan } from "./plan";
import type { Problem } from "./problem";
import type { Random } from "./random";

/**
 * Puts what can be served back into a plan. May give up as soon as the objective is sure to reach `ceiling`: such a plan
 * would be thrown away.
 */
export type Recreate = (plan: Plan, cache: InsertionCache, random: Random, ceiling: number) => void;

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

/** Routes of which it is not known yet what a request would cost there. */
const untried: number[] = [];

/** Puts one request where it costs least, if that is less than `most`. @returns whether some route had room */
export function insertCheapest(
  plan: Plan,
  cache: InsertionCache,
  r: number,
  random: Random | null,
  most = Number.POSITIVE_INFINITY,
): boolean {
  if (plan.isServed(r)) return true;
  const { m, allowed, classOf } = plan.problem;
  let limit = most;
  let route = -1;
  let i = -1;
  let j = -1;
  const attempt = (k: number) => {
    const reserve = plan.stops[k] === 0 ? plan.reserveCost(k) : 0;
    if (!cache.best(r, k, limit - reserve)) return;
    limit = cache.cost + reserve;
    route = k;
    i = cache.i;
    j = cache.j;
  };
  let triedEmpty = -1;
  let count = 0;
  for (let k = 0; k < m; k++) {
    if (allowed[r * m + k] === 0) continue;
    if (plan.stops[k] === 0) {
      if (classOf[k] === triedEmpty) continue;
      triedEmpty = classOf[k] as number;
    }
    if (random !== null && random.next() < BLINK) continue;
    if (cache.knows(r, k, limit)) attempt(k);
    else untried[count++] = k;
  }
  // What is known already sets the limit for what has to be worked out.
  for (let at = 0; at < count; at++) attempt(untried[at] as number);
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
  (plan, cache, random, ceiling) => {
    const list = plan.unserved.slice();
    shuffle(list, random);
    if (order) list.sort((a, b) => order(plan.problem, a) - order(plan.problem, b));
    const { absences } = plan.problem;
    let missing = 0;
    for (const r of list) {
      const room = ceiling - plan.distance - missing;
      if (room <= 0) return;
      if (!insertCheapest(plan, cache, r, random, room)) missing += absences[r] as number;
    }
  };

/** The costs of a request in its three best routes. */
const cheapest = new Float64Array(3);

function keepCheapest(cost: number): void {
  let place = 2;
  if (cost >= (cheapest[place] as number)) return;
  for (; place > 0 && cost < (cheapest[place - 1] as number); place--) cheapest[place] = cheapest[place - 1] as number;
  cheapest[place] = cost;
}

/** Sum over the next best routes of what a request would cost more there than in its best one; large = urgent. */
function regretOf(plan: Plan, cache: InsertionCache, r: number, depth: number): number {
  const { m, allowed, absences } = plan.problem;
  const absence = absences[r] as number;
  cheapest.fill(absence);
  for (let k = 0; k < m; k++)
    if (allowed[r * m + k] === 1 && cache.best(r, k, cheapest[depth - 1] as number)) keepCheapest(cache.cost);
  const best = cheapest[0] as number;
  if (best >= absence) return Number.NEGATIVE_INFINITY;
  let regret = -1e-3 * best;
  for (let at = 1; at < depth; at++) regret += (cheapest[at] as number) - best;
  return regret;
}

/** Always the request that would lose most by waiting. */
const byRegret =
  (depth: number): Recreate =>
  (plan, cache, random, ceiling) => {
    const left = new Set(plan.unserved);
    while (left.size > 0 && plan.distance < ceiling) {
      let [most, chosen] = [Number.NEGATIVE_INFINITY, -1];
      for (const r of left) {
        if (plan.isServed(r)) {
          left.delete(r);
          continue;
        }
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
export const firstPlan: Recreate = oneByOne(earliestFirst);
