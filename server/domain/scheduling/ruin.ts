import type { Plan } from "./plan";
import type { Random } from "./random";
import { alike, type Neighbours, successive } from "./relatedness";

/** Chooses requests to take out of a plan. */
export type Ruin = (plan: Plan, random: Random, amount: number) => number[];

/** A planned request, by chance. */
function someServed(plan: Plan, random: Random): number | null {
  const { n } = plan.problem;
  for (let tries = 0; tries < 20; tries++) {
    const r = random.int(n);
    if ((plan.routeOf[r] as number) >= 0) return r;
  }
  return null;
}

/** Adds the requests that have an end in a string of consecutive stops around a node. */
function addString(plan: Plan, node: number, length: number, random: Random, chosen: number[]): void {
  const { n } = plan.problem;
  const limit = 2 * n;
  let first = node;
  for (let back = random.int(length); back > 0; back--) {
    const before = plan.prev[first] as number;
    if (before >= limit) break;
    first = before;
  }
  for (let v = first, left = length; left > 0 && v < limit; left--, v = plan.next[v] as number) {
    const r = v < n ? v : v - n;
    if (!chosen.includes(r)) chosen.push(r);
  }
}

/**
 * Removes strings of stops from neighbouring routes, so that the routes gain slack in one place and time.
 * @see J. Christiaens, G. Vanden Berghe, "Slack induction by string removals", Transportation Science 54 (2020)
 */
function strings(neighbours: Neighbours): Ruin {
  return (plan, random, amount) => {
    const seed = someServed(plan, random);
    if (seed === null) return [];
    const { n, m } = plan.problem;
    const removed: number[] = [];
    const ruined = new Uint8Array(m);
    const longest = 2 + random.int(10);
    for (const r of neighbours[seed] ?? []) {
      if (removed.length >= amount) break;
      const k = plan.routeOf[r] as number;
      if (k < 0 || ruined[k] === 1) continue;
      ruined[k] = 1;
      const length = 1 + random.int(Math.min(longest, plan.stops[k] as number));
      addString(plan, random.int(2) === 0 ? r : r + n, length, random, removed);
    }
    return removed;
  };
}

/** Removes a request and those related to it, with a preference for the closest. */
function related(neighbours: Neighbours): Ruin {
  return (plan, random, amount) => {
    const seed = someServed(plan, random);
    if (seed === null) return [];
    const near = neighbours[seed] ?? new Int32Array();
    const chosen = [seed];
    for (let tries = 4 * amount; tries > 0 && chosen.length < amount; tries--) {
      const one = near[Math.floor(random.next() ** 6 * near.length)] ?? seed;
      if ((plan.routeOf[one] as number) >= 0 && !chosen.includes(one)) chosen.push(one);
    }
    return chosen;
  };
}

const scattered: Ruin = (plan, random, amount) => {
  const chosen: number[] = [];
  for (let i = 0; i < amount; i++) {
    const r = someServed(plan, random);
    if (r !== null && !chosen.includes(r)) chosen.push(r);
  }
  return chosen;
};

/** What a plan would save by leaving a request out. */
function saving(plan: Plan, r: number): number {
  const { n, nodes, cost } = plan.problem;
  const d = r + n;
  const [a, b, c, e] = [plan.prev[r], plan.next[r], plan.prev[d], plan.next[d]] as [number, number, number, number];
  const at = (u: number, v: number) => cost[u * nodes + v] as number;
  if (b === d) return at(a, r) + at(r, d) + at(d, e) - at(a, e);
  return at(a, r) + at(r, b) - at(a, b) + at(c, d) + at(d, e) - at(c, e);
}

/** Removes requests that cost much where they are. */
const costly: Ruin = (plan, random, amount) => {
  const { n } = plan.problem;
  const chosen: number[] = [];
  // The dearest of a few drawn by chance, again and again.
  for (let i = 0; i < amount; i++) {
    let [most, dearest] = [Number.NEGATIVE_INFINITY, -1];
    for (let tries = 1 + Math.floor(n / 12); tries > 0; tries--) {
      const r = random.int(n);
      if ((plan.routeOf[r + n] as number) < 0 || chosen.includes(r)) continue;
      const one = saving(plan, r);
      if (one > most) [most, dearest] = [one, r];
    }
    if (dearest >= 0) chosen.push(dearest);
  }
  return chosen;
};

/** Removes a whole route, and of a neighbouring route what the amount still allows. */
function wholeRoute(neighbours: Neighbours): Ruin {
  return (plan, random, amount) => {
    const seed = someServed(plan, random);
    if (seed === null) return [];
    const chosen = new Set<number>();
    const most = Math.max(amount, 2 * amount);
    for (const r of neighbours[seed] ?? []) {
      if (chosen.size >= amount) break;
      const k = plan.routeOf[r] as number;
      if (k < 0 || chosen.has(r)) continue;
      for (const one of plan.requestsOf(k)) if (chosen.size < most) chosen.add(one);
    }
    return [...chosen];
  };
}

/** The ways to ruin a plan, each with its share of all iterations. */
export function ruinsFor(plan: Plan): { ruin: Ruin; share: number }[] {
  const near = alike(plan.problem);
  const after = successive(plan.problem);
  return [
    { ruin: strings(near), share: 4 },
    { ruin: strings(after), share: 4 },
    { ruin: related(near), share: 2 },
    { ruin: related(after), share: 1 },
    { ruin: scattered, share: 1 },
    { ruin: costly, share: 0.5 },
    { ruin: wholeRoute(near), share: 0.5 },
  ];
}
