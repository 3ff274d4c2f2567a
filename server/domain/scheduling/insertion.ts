import { type Columns, columnsOf } from "./columns";
import { isApart, isUncrowded } from "./company";
import { fits } from "./places";
import type { Plan } from "./plan";
import { EPSILON, softCost } from "./schedule";

type Four = [number, number, number, number];

/** Finds where a request goes into a route at least cost. Holds the result of the last search, to spare allocations. */
export class Inserter {
  /** Extra cost of the best place found, and the nodes after which pickup and drop-off go; -1 when none was found. */
  cost = Number.POSITIVE_INFINITY;
  i = -1;
  j = -1;
  private readonly at: Float64Array;
  private readonly mark: Int32Array;
  private readonly columns: Columns;
  private turn = 0;
  /** What the last test found the route to cost more in lateness and overtime. */
  private added = 0;

  constructor(private readonly plan: Plan) {
    this.at = new Float64Array(plan.problem.nodes);
    this.mark = new Int32Array(plan.problem.nodes);
    this.columns = columnsOf(plan.problem);
  }

  /**
   * The cheapest feasible place for request p in route k that costs less than `limit`.
   * Filters by cost, then by the earliest and latest schedules of the route, then by an exact test.
   * @returns whether there is one
   */
  search(p: number, k: number, limit: number): boolean {
    const { plan } = this;
    this.i = -1;
    this.cost = limit;
    if ((plan.routeOf[p] as number) >= 0) return plan.routeOf[p] === k && this.searchDropoff(p, k);
    const { pairCost, m } = plan.problem;
    if (pairCost === null) return this.searchBoth(p, k);
    const extra = pairCost[p * m + k] as number;
    this.cost -= extra;
    this.searchBoth(p, k);
    this.cost += extra;
    return this.i >= 0;
  }

  private searchBoth(p: number, k: number): boolean {
    const { plan } = this;
    const { n, nodes, time, cost, service, open, close, riders, places, maxRide, lastFixed, floating } = plan.problem;
    const { next, early, late, load, row } = plan;
    const { time: timeTo, cost: costTo } = this.columns;
    const [d, firstVisit] = [p + n, 2 * n];
    const [end, most, extra] = [plan.endOf(k), places[k] as number, riders[p] as number];
    const [openP, openD, serviceP, serviceD] = [open[p], open[d], service[p], service[d]] as Four;
    const [closeP, closeD] = [(close[p] as number) + EPSILON, (close[d] as number) + EPSILON];
    const longest = serviceP + (maxRide[p] as number) + EPSILON;
    const leastLeave = openP + serviceP - EPSILON;
    const unused = plan.isIdle(k);
    const [rowP, rowD] = [p * nodes, d * nodes];
    for (let i = lastFixed[k] as number; i !== end; i = next[i] as number) {
      const after = next[i] as number;
      if (after < firstVisit && (late[after] as number) < leastLeave) continue;
      const rowI = row[i] as number;
      const own = floating[i] === 0;
      const way = own ? (timeTo[rowP + i] as number) : (time[rowI + p] as number);
      const atP = (early[i] as number) + (service[i] as number) + way;
      if (atP > closeP) break;
      const begin = (atP > openP ? atP : openP) + serviceP;
      let at = begin + (time[rowP + after] as number);
      if (after < firstVisit && at > (late[after] as number) + EPSILON) continue;
      const onward = after < firstVisit ? after : plan.drivesTo(after);
      const legIn = own ? (costTo[rowP + i] as number) : (cost[rowI + p] as number);
      // An unused vehicle does not drive home either.
      const legOld = unused ? 0 : (cost[rowI + onward] as number);
      const detour = legIn + (cost[rowP + onward] as number) - legOld;
      const direct = legIn + (cost[rowP + d] as number) + (cost[rowD + onward] as number) - legOld;
      if (detour >= this.cost && direct >= this.cost) continue;
      if (!fits(most, ((load[i] as number) + extra) | 0)) continue;
      let atD = Math.max(openD, begin + (time[rowP + d] as number));
      if (
        direct < this.cost &&
        atD <= closeD &&
        this.inTime(after, onward, atD + serviceD, rowD) &&
        this.test(p, k, i, i)
      )
        this.keep(direct, i, i);
      if (detour >= this.cost) continue;
      const lateP = Math.min(closeP, (late[after] as number) - (at - begin) - serviceP) + longest;
      // Nobody is aboard during a visit.
      for (let v = after; v < firstVisit; ) {
        if (at < (early[v] as number)) at = early[v] as number;
        else if (at > (late[v] as number) + EPSILON) break;
        if (!fits(most, ((load[v] as number) + extra) | 0)) break;
        at += service[v] as number;
        atD = at + (timeTo[rowD + v] as number);
        if (atD > closeD || atD > lateP) break;
        const w = next[v] as number;
        const goal = w < firstVisit ? w : plan.drivesTo(w);
        const leg = cost[v * nodes + goal] as number;
        const total = detour + (costTo[rowD + v] as number) + (cost[rowD + goal] as number) - leg;
        const done = Math.max(openD, atD) + serviceD;
        if (total < this.cost && this.inTime(w, goal, done, rowD) && this.test(p, k, i, v)) this.keep(total, i, v);
        at += time[v * nodes + w] as number;
        v = w;
      }
    }
    return this.i >= 0;
  }

  /**
   * Can `after` be reached before its latest start, as far as the route is known? The latest start of a visit made on the
   * spot depends on where that is: then the exact test has to tell.
   */
  private inTime(after: number, onward: number, leave: number, row: number): boolean {
    const { time } = this.plan.problem;
    return onward !== after || leave + (time[row + after] as number) <= (this.plan.late[after] as number) + EPSILON;
  }

  /** The cheapest place of the drop-off alone, of a request whose pickup is fixed in route k. */
  private searchDropoff(p: number, k: number): boolean {
    const { plan } = this;
    const { n, nodes, cost, lastFixed, places } = plan.problem;
    const { next, row, load } = plan;
    const [d, end] = [p + n, plan.endOf(k)];
    for (let v = lastFixed[k] as number; v !== end; v = next[v] as number) {
      if (v !== lastFixed[k] && (v >= 2 * n || !fits(places[k] as number, load[v] as number))) break;
      const rowV = row[v] as number;
      const goal = plan.drivesTo(next[v] as number);
      const total = (cost[rowV + d] as number) + (cost[d * nodes + goal] as number) - (cost[rowV + goal] as number);
      if (total < this.cost && this.test(p, k, p, v)) this.keep(total, v, v);
    }
    return this.i >= 0;
  }

  /** Notes a place that the last test approved, if it is still the cheapest with what the test found it to add. */
  private keep(cost: number, i: number, j: number): void {
    if (cost + this.added >= this.cost) return;
    this.cost = cost + this.added;
    this.i = i;
    this.j = j;
  }

  /** Is the route still feasible with this request in it? Exact: links it in, works out what moves, unlinks it. */
  test(p: number, k: number, i: number, j: number): boolean {
    const { plan } = this;
    const d = p + plan.problem.n;
    const whole = (plan.routeOf[p] as number) < 0;
    const afterP = plan.next[i] as number;
    if (whole) {
      plan.link(i, p);
      plan.link(p, afterP);
    }
    const lastD = whole && j === i ? p : j;
    const afterD = plan.next[lastD] as number;
    plan.link(lastD, d);
    plan.link(d, afterD);
    const feasible =
      this.setUpFits(p, k) &&
      isApart(plan, p, k) &&
      isUncrowded(plan, p, k) &&
      this.schedulable(p, k, whole ? i : lastD);
    plan.link(lastD, afterD);
    if (whole) plan.link(i, afterP);
    return feasible;
  }

  /**
   * The walk of `earliestSchedule`, begun where the route changes and ended where nothing has moved. Nodes before the
   * pickup stay at their earliest unless a ride limit moves them.
   */
  private schedulable(p: number, k: number, i: number): boolean {
    const { plan, at: moved, mark } = this;
    const { n, nodes, time, service, open, close, maxRide, maxRoute, floating, soft } = plan.problem;
    const { next, early, late } = plan;
    const d = p + n;
    const [start, end] = [plan.startOf(k), plan.endOf(k)];
    const turn = ++this.turn;
    this.added = 0;
    const whole = (plan.routeOf[p] as number) < 0;
    if (whole) this.raise(p, open[p] as number);
    this.raise(d, open[d] as number);
    let u = i;
    let frontier = i;
    let reached = 0;
    let past = false;
    let here = plan.row[i] as number;
    for (let steps = 0; u !== end; steps++) {
      if (steps > 20_000) return false;
      const v = next[u] as number;
      if (floating[u] === 0) here = u * nodes;
      const before = mark[u] === turn ? (moved[u] as number) : (early[u] as number);
      const own = mark[v] === turn ? (moved[v] as number) : (early[v] as number);
      let now = before + (service[u] as number) + (time[here + v] as number);
      if (now < own) now = own;
      if (
        now >
        (v === d || (v === p && whole) || floating[v] === 1 ? (close[v] as number) : (late[v] as number)) + EPSILON
      )
        return false;
      if (u === frontier) {
        if (past && now <= own && floating[v] === 0) break;
        frontier = v;
        reached = now;
        if (v === d) past = true;
      } else if (v === frontier && now > reached + EPSILON) return false;
      this.raise(v, now);
      u = v;
      if (v < n) continue;
      let from = start;
      let earliestFrom = now - (maxRoute[k] as number);
      if (v < 2 * n) {
        from = v - n;
        earliestFrom = now - (maxRide[from] as number) - (service[from] as number);
      }
      const current = mark[from] === turn ? (moved[from] as number) : (early[from] as number);
      if (earliestFrom <= current + EPSILON) continue;
      if (earliestFrom > (from === p && whole ? (close[from] as number) : (late[from] as number)) + EPSILON)
        return false;
      this.raise(from, earliestFrom);
      u = from;
    }
    if (soft !== null) this.added = this.addedCost(p, k, turn);
    return true;
  }

  private raise(v: number, to: number): void {
    this.at[v] = to;
    this.mark[v] = this.turn;
  }

  /** What the nodes that the last walk moved cost more than before. */
  private addedCost(p: number, k: number, turn: number): number {
    const { plan, at, mark } = this;
    const { soft, n } = plan.problem;
    if (soft === null) return 0;
    const end = plan.endOf(k);
    let sum = 0;
    for (let v = plan.startOf(k); ; v = plan.next[v] as number) {
      if (mark[v] === turn) {
        sum += softCost(soft, v, at[v] as number);
        const isNew = v === p + n || (v === p && (plan.routeOf[p] as number) < 0);
        if (!isNew) sum -= softCost(soft, v, plan.early[v] as number);
      }
      if (v === end) return sum;
    }
  }

  /** Does the run (from empty to empty) that holds the pickup fit into one set-up of the vehicle? */
  private setUpFits(p: number, k: number): boolean {
    const { plan } = this;
    const { n, riders, setUps } = plan.problem;
    const choices = setUps[k] ?? [];
    if (choices.length < 2) return true;
    let first = p;
    const [start, end] = [plan.startOf(k), plan.endOf(k)];
    // Riders may be aboard at a fixed visit: it parts no run.
    for (let u = plan.prev[p] as number; u !== start && plan.load[u] !== 0; u = plan.prev[u] as number) first = u;
    const loads: number[] = [];
    let load = 0;
    for (let v = first; v !== end; v = plan.next[v] as number) {
      if (v >= 2 * n && load !== 0) continue;
      load += v < n ? (riders[v] as number) : -(riders[v] as number);
      if (load === 0) break;
      loads.push(load);
    }
    return choices.some((places) => loads.every((aboard) => fits(places, aboard | 0)));
  }
}
