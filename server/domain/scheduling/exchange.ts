import { fits } from "./places";
import type { Plan } from "./plan";
import type { Problem } from "./problem";
import type { Random } from "./random";
import { EPSILON } from "./schedule";

/** Two routes and the nodes after which they give their tails to each other. */
type Exchange = { k: number; l: number; u: number; v: number };

/** May tails of route k go elsewhere, and others come? Not where it holds stops of its own. */
function isOpen({ given, m }: Problem, k: number): boolean {
  const { owed = [], visits = [] } = given[k] ?? {};
  return k < m && owed.length === 0 && visits.length === 0;
}

/** Does the vehicle serve all these requests, and does each run from empty to empty fit into one of its set-ups? */
function carries({ n, m, allowed, riders, setUps }: Problem, k: number, stops: readonly number[]): boolean {
  const choices = setUps[k] ?? [];
  let [load, left] = [0, choices];
  for (const v of stops) {
    if (v < n && allowed[v * m + k] === 0) return false;
    load = v < n ? load + (riders[v] as number) : load - (riders[v] as number);
    left = left.filter((places) => fits(places, load | 0));
    if (left.length === 0) return false;
    if (load === 0) left = choices;
  }
  return true;
}

/** The nodes of route k after which nobody is aboard. */
function partings(plan: Plan, k: number): number[] {
  const { lastFixed } = plan.problem;
  const found: number[] = [];
  const end = plan.endOf(k);
  for (let v = lastFixed[k] as number; v !== end; v = plan.next[v] as number)
    if (plan.load[v] === 0 || v === plan.startOf(k)) found.push(v);
  return found;
}

/** What route k gains by going on after u with what follows v in route l; infinite when that is too late. */
function joined(plan: Plan, k: number, u: number, l: number, v: number): number {
  const { nodes, cost, time, service } = plan.problem;
  const after = plan.next[v] as number;
  const to = after === plan.endOf(l) ? plan.endOf(k) : after;
  const at = (plan.early[u] as number) + (service[u] as number) + (time[u * nodes + to] as number);
  if (at > (plan.late[after] as number) + EPSILON) return Number.POSITIVE_INFINITY;
  let sum = plan.startOf(k) === u && to === plan.endOf(k) ? 0 : (cost[u * nodes + to] as number);
  if (to === after) {
    const last = plan.prev[plan.endOf(l)] as number;
    sum += (cost[last * nodes + plan.endOf(k)] as number) - (cost[last * nodes + plan.endOf(l)] as number);
  }
  return sum;
}

/** The best exchange between two routes, by cost and a bit of chance. */
function chooseExchange(plan: Plan, k: number, l: number, temperature: number, random: Random): Exchange | null {
  const { nodes, cost } = plan.problem;
  const ways = partings(plan, l);
  let chosen: Exchange | null = null;
  let least = Number.POSITIVE_INFINITY;
  const leg = (u: number) =>
    plan.prev[u] === -1 && plan.isIdle(plan.routeOf[u] as number)
      ? 0
      : (cost[u * nodes + (plan.next[u] as number)] as number);
  for (const u of partings(plan, k))
    for (const v of ways) {
      const here = plan.next[u] === plan.endOf(k);
      const there = plan.next[v] === plan.endOf(l);
      if (here && there) continue;
      const change = joined(plan, k, u, l, v) + joined(plan, l, v, k, u) - leg(u) - leg(v);
      const felt = change - temperature * Math.log(random.next());
      if (felt < least) [least, chosen] = [felt, { k, l, u, v }];
    }
  return chosen;
}

function split(plan: Plan, k: number, u: number): [number[], number[]] {
  const stops = plan.nodesOf(k);
  const at = u === plan.startOf(k) ? 0 : stops.indexOf(u) + 1;
  return [stops.slice(0, at), stops.slice(at)];
}

/**
 * Lets two routes exchange what they do after a moment at which nobody is aboard: the rests of their days, or the days as
 * a whole. Ruins of a few requests seldom get there step by step.
 * @returns whether the plan was changed; if not it may have lost requests, and has to be set back
 */
export function exchangeTails(plan: Plan, k: number, l: number, temperature: number, random: Random): boolean {
  const { problem } = plan;
  if (k === l || problem.together !== null || !isOpen(problem, k) || !isOpen(problem, l)) return false;
  const chosen = chooseExchange(plan, k, l, temperature, random);
  if (chosen === null) return false;
  const [headK, tailK] = split(plan, k, chosen.u);
  const [headL, tailL] = split(plan, l, chosen.v);
  if (!carries(problem, k, tailL) || !carries(problem, l, tailK)) return false;
  plan.remove([...tailK, ...tailL].filter((v) => v < problem.n));
  return plan.setRoute(k, [...headK, ...tailL]) && plan.setRoute(l, [...headL, ...tailK]);
}
