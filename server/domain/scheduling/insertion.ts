import { fits } from "./places";
import type { Plan } from "./plan";
import { EPSILON } from "./schedule";

/** Finds where a request goes into a route at least cost. Holds the result of the last search, to spare allocations. */
export class Inserter {
  /** Extra cost of the best place found, and the nodes after which pickup and drop-off go; -1 when none was found. */
  cost = Number.POSITIVE_INFINITY;
  i = -1;
  j = -1;
  private readonly at: Float64Array;
  private readonly mark: Int32Array;
  private turn = 0;

  constructor(private readonly plan: Plan) {
    this.at = new Float64Array(plan.problem.nodes);
    this.mark = new Int32Array(plan.problem.nodes);
  }

  /**
   * The cheapest feasible place for request p in route k that costs less than `limit`.
   * Filters by cost, then by the earliest and latest schedules of the route, then by an exact test.
   * @returns whether there is one
   */
  search(p: number, k: number, limit: number): boolean {
    const { plan } = this;
    const { n, nodes, time, cost, service, open, close, riders, places, maxRide } = plan.problem;
    const { next, early, late, load } = plan;
    const d = p + n;
    const [end, most, extra] = [plan.endOf(k), places[k] as number, riders[p] as number];
    const [serviceP, serviceD] = [service[p] as number, service[d] as number];
    const [closeP, closeD] = [(close[p] as number) + EPSILON, (close[d] as number) + EPSILON];
    const [openP, openD] = [open[p] as number, open[d] as number];
    const longest = serviceP + (maxRide[p] as number) + EPSILON;
    const unused = plan.stops[k] === 0;
    const [rowP, rowD] = [p * nodes, d * nodes];
    this.cost = limit;
    this.i = -1;
    for (let i = plan.startOf(k); i !== end; i = next[i] as number) {
      const atP = (early[i] as number) + (service[i] as number) + (time[i * nodes + p] as number);
      if (atP > closeP) break;
      if (!fits(most, ((load[i] as number) + extra) | 0)) continue;
      const after = next[i] as number;
      const legIn = cost[i * nodes + p] as number;
      // An unused vehicle does not drive home either.
      const legOld = unused ? 0 : (cost[i * nodes + after] as number);
      const detour = legIn + (cost[rowP + after] as number) - legOld;
      const begin = (atP > openP ? atP : openP) + serviceP;
      let atD = begin + (time[rowP + d] as number);
      if (atD < openD) atD = openD;
      const direct = legIn + (cost[rowP + d] as number) + (cost[rowD + after] as number) - legOld;
      if (
        direct < this.cost &&
        atD <= closeD &&
        atD + serviceD + (time[rowD + after] as number) <= (late[after] as number) + EPSILON &&
        this.test(p, k, i, i)
      )
        this.keep(direct, i, i);
      if (detour >= this.cost) continue;
      const toAfter = serviceP + (time[rowP + after] as number);
      const lateP = Math.min(closeP, (late[after] as number) - toAfter) + longest;
      let at = begin - serviceP + toAfter;
      for (let v = after; v !== end; ) {
        if (at < (early[v] as number)) at = early[v] as number;
        else if (at > (late[v] as number) + EPSILON) break;
        if (!fits(most, ((load[v] as number) + extra) | 0)) break;
        at += service[v] as number;
        atD = at + (time[v * nodes + d] as number);
        if (atD > closeD || atD > lateP) break;
        const w = next[v] as number;
        const total =
          detour + (cost[v * nodes + d] as number) + (cost[rowD + w] as number) - (cost[v * nodes + w] as number);
        if (total < this.cost) {
          if (atD < openD) atD = openD;
          if (atD + serviceD + (time[rowD + w] as number) <= (late[w] as number) + EPSILON && this.test(p, k, i, v))
            this.keep(total, i, v);
        }
        at += time[v * nodes + w] as number;
        v = w;
      }
    }
    return this.i >= 0;
  }

  private keep(cost: number, i: number, j: number): void {
    this.cost = cost;
    this.i = i;
    this.j = j;
  }

  /** Is the route still feasible with this request in it? Exact: links it in, works out what moves, unlinks it. */
  test(p: number, k: number, i: number, j: number): boolean {
    const { plan } = this;
    const d = p + plan.problem.n;
    const afterP = plan.next[i] as number;
    plan.link(i, p);
    plan.link(p, afterP);
    const lastD = j === i ? p : j;
    const afterD = plan.next[lastD] as number;
    plan.link(lastD, d);
    plan.link(d, afterD);
    const feasible = this.setUpFits(p, k) && this.schedulable(p, k, i);
    plan.link(lastD, afterD);
    plan.link(i, afterP);
    return feasible;
  }

  /**
   * The walk of `earliestSchedule`, begun where the route changes and ended where nothing has moved. Nodes before the
   * pickup stay at their earliest unless a ride limit moves them.
   */
  private schedulable(p: number, k: number, i: number): boolean {
    const { plan, at: moved, mark } = this;
    const { n, nodes, time, service, open, close, maxRide, maxRoute } = plan.problem;
    const { next, early, late } = plan;
    const d = p + n;
    const [start, end] = [plan.startOf(k), plan.endOf(k)];
    const turn = ++this.turn;
    for (const v of [p, d]) {
      mark[v] = turn;
      moved[v] = open[v] as number;
    }
    let [u, frontier, reached, past] = [i, i, 0, false];
    for (let steps = 0; u !== end; steps++) {
      if (steps > 20_000) return false;
      const v = next[u] as number;
      const before = mark[u] === turn ? (moved[u] as number) : (early[u] as number);
      const own = mark[v] === turn ? (moved[v] as number) : (early[v] as number);
      let now = before + (service[u] as number) + (time[u * nodes + v] as number);
      if (now < own) now = own;
      if (now > (v === p || v === d ? (close[v] as number) : (late[v] as number)) + EPSILON) return false;
      if (u === frontier) {
        if (past && now <= own) return true;
        frontier = v;
        reached = now;
        if (v === d) past = true;
      } else if (v === frontier && now > reached + EPSILON) return false;
      moved[v] = now;
      mark[v] = turn;
      u = v;
      if (v < n) continue;
      let [from, earliestFrom] = [start, now - (maxRoute[k] as number)];
      if (v < 2 * n) {
        from = v - n;
        earliestFrom = now - (maxRide[from] as number) - (service[from] as number);
      }
      const current = mark[from] === turn ? (moved[from] as number) : (early[from] as number);
      if (earliestFrom <= current + EPSILON) continue;
      if (earliestFrom > (from === p ? (close[from] as number) : (late[from] as number)) + EPSILON) return false;
      moved[from] = earliestFrom;
      mark[from] = turn;
      u = from;
    }
    return true;
  }

  /** Does the run (from empty to empty) that holds the pickup fit into one set-up of the vehicle? */
  private setUpFits(p: number, k: number): boolean {
    const { plan } = this;
    const { n, riders, setUps } = plan.problem;
    const choices = setUps[k] ?? [];
    if (choices.length < 2) return true;
    let first = p;
    for (let u = plan.prev[p] as number; u < 2 * n && plan.load[u] !== 0; u = plan.prev[u] as number) first = u;
    const loads: number[] = [];
    let load = 0;
    for (let v = first; v < 2 * n; v = plan.next[v] as number) {
      load += v < n ? (riders[v] as number) : -(riders[v] as number);
      if (load === 0) break;
      loads.push(load);
    }
    return choices.some((places) => loads.every((aboard) => fits(places, aboard | 0)));
  }
}
