import type { Problem } from "./problem";
import type { RouteMemory } from "./route-memory";
import { earliestSchedule, latestSchedule, softCost } from "./schedule";

const NONE = -1;

/**
 * A plan under construction: routes as linked lists of nodes, with the earliest and latest feasible schedule, the load
 * and the cost of each route kept up to date. Routes never break a constraint; what is not in one is `unserved`.
 */
export class Plan {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Vehicle of each node, -1 when its request is unserved. */
  readonly routeOf: Int32Array;
  /** Row of each planned node in the matrices: its own, or for a visit made on the spot that of the node before it. */
  readonly row: Int32Array;
  /** Earliest and latest start of service at each planned node, over all feasible schedules of its route. */
  readonly early: Float64Array;
  readonly late: Float64Array;
  /** Packed riders aboard after each planned node. */
  readonly load: Int32Array;
  readonly routeCost: Float64Array;
  /** Stops of each route. */
  readonly stops: Int32Array;
  /** Travel minutes to each node of the route that was worked out last. */
  readonly leg: Float64Array;
  /** Names the stops of a route and their order: never used for others. */
  readonly version: Int32Array;
  /** Requests that are not in a route, or of which only the pickup is (impossible ones are not listed). */
  unserved: number[];
  /** Visits that no route has time for. */
  missed: number[] = [];
  private versions = 0;

  /** @param memory - what is known of routes; one plan's alone, since versions are counted by plan */
  constructor(
    readonly problem: Problem,
    private readonly memory: RouteMemory | null = null,
  ) {
    const { n, m, nodes, impossible } = problem;
    this.next = new Int32Array(nodes).fill(NONE);
    this.prev = new Int32Array(nodes).fill(NONE);
    this.routeOf = new Int32Array(nodes).fill(NONE);
    this.row = Int32Array.from({ length: nodes }, (_, v) => v * nodes);
    this.early = new Float64Array(nodes);
    this.late = new Float64Array(nodes);
    this.load = new Int32Array(nodes);
    this.leg = new Float64Array(nodes);
    this.routeCost = new Float64Array(m);
    this.stops = new Int32Array(m);
    this.version = new Int32Array(m);
    this.unserved = Array.from({ length: n }, (_, r) => r).filter((r) => !impossible.has(r));
    for (let k = 0; k < m; k++) this.open(k);
  }

  /** Begins route k with what is given of it; visits that there is no time for are missed. */
  private open(k: number): void {
    const { n, m, given } = this.problem;
    const [start, end] = [2 * n + k, 2 * n + m + k];
    this.routeOf[start] = k;
    this.routeOf[end] = k;
    const { fixed = [], owed = [], visits = [] } = given[k] ?? {};
    for (let count = visits.length; ; count--) {
      if (this.setRoute(k, [...fixed, ...owed, ...visits.slice(0, count)]) || count === 0) return;
      const dropped = visits[count - 1] as number;
      this.missed.push(dropped);
      this.routeOf[dropped] = NONE;
    }
  }

  startOf(k: number): number {
    return 2 * this.problem.n + k;
  }

  endOf(k: number): number {
    return 2 * this.problem.n + this.problem.m + k;
  }

  /** Is route k without stops, so that its vehicle stays where it is? */
  isIdle(k: number): boolean {
    return this.stops[k] === 0 && this.problem.idleIsFree[k] === 1;
  }

  /** The node that the vehicle drives to from `v` on: v itself, or what follows a visit made on the spot. */
  drivesTo(v: number): number {
    let to = v;
    while (this.problem.floating[to] === 1) to = this.next[to] as number;
    return to;
  }

  /** May request r go on route k, as far as those that go with it are concerned? */
  mayJoin(r: number, k: number): boolean {
    const group = this.problem.together?.[r];
    if (!group) return true;
    return group.every((other) => {
      const route = this.routeOf[other] as number;
      return other === r || route < 0 || route === k;
    });
  }

  /** Unused vehicles that each zone of the reserve lacks, if `used` were used as well. */
  private lacking(used: number): number {
    const { reserve } = this.problem;
    let sum = 0;
    for (const { vehicles, wanted } of reserve?.zones ?? []) {
      let free = 0;
      for (const k of vehicles) if (k !== used && this.stops[k] === 0) free += 1;
      sum += Math.max(0, wanted - free);
    }
    return sum;
  }

  /** What using the unused vehicle k costs the reserve. */
  reserveCost(k: number): number {
    const { reserve } = this.problem;
    return reserve === null ? 0 : reserve.price * (this.lacking(k) - this.lacking(NONE));
  }

  /** Cost of all routes, without the penalties of unserved requests and of the reserve. */
  get distance(): number {
    let sum = 0;
    for (let k = 0; k < this.routeCost.length; k++) sum += this.routeCost[k] as number;
    return sum;
  }

  /** What the search minimises: cost, a penalty for each request left out, and one for what the reserve lacks. */
  get objective(): number {
    const { absences, reserve } = this.problem;
    let sum = this.distance;
    for (const r of this.unserved) sum += absences[r] as number;
    return reserve === null ? sum : sum + reserve.price * this.lacking(NONE);
  }

  link(u: number, v: number): void {
    this.next[u] = v;
    this.prev[v] = u;
  }

  private unlink(v: number): void {
    this.link(this.prev[v] as number, this.next[v] as number);
    this.routeOf[v] = NONE;
  }

  /**
   * Puts a request into route k: pickup after node i, drop-off after node j (j = i: right after the pickup). Where the
   * pickup is fixed in the route, only the drop-off is put in.
   */
  insert(request: number, k: number, i: number, j: number): void {
    const d = request + this.problem.n;
    let after = j;
    if ((this.routeOf[request] as number) < 0) {
      after = j === i ? request : j;
      this.link(request, this.next[i] as number);
      this.link(i, request);
      this.routeOf[request] = k;
    }
    this.link(d, this.next[after] as number);
    this.link(after, d);
    this.routeOf[d] = k;
    this.unserved.splice(this.unserved.indexOf(request), 1);
    this.refresh(k);
  }

  /** Takes requests, and those that go with them, out of their routes; they are unserved from then on. What is fixed stays. */
  remove(requests: readonly number[]): void {
    const { n, together } = this.problem;
    const touched: number[] = [];
    const all = together === null ? requests : new Set(requests.flatMap((r) => together[r] ?? [r]));
    for (const request of all) {
      const k = this.routeOf[request + n] as number;
      if (k < 0 || this.isFixed(request)) continue;
      if (!touched.includes(k)) touched.push(k);
      if (this.problem.pinned[request] === 0) this.unlink(request);
      this.unlink(request + n);
      this.unserved.push(request);
    }
    for (const k of touched) this.refresh(k);
  }

  /**
   * Is request r in a route? What was to be put back may be there already: a route that another one breaks, where travel
   * times defy the triangle, is given what it owes back.
   */
  isServed(r: number): boolean {
    return (this.routeOf[r + this.problem.n] as number) >= 0;
  }

  /** Is request r served by fixed stops only? */
  private isFixed(r: number): boolean {
    return this.problem.pinned[r + this.problem.n] === 1;
  }

  /** Requests of route k in the order of their pickups. */
  requestsOf(k: number): number[] {
    return this.nodesOf(k).filter((v) => v < this.problem.n);
  }

  /** Nodes of route k in order, without its ends. */
  nodesOf(k: number): number[] {
    const nodes: number[] = [];
    const end = this.endOf(k);
    for (let v = this.next[this.startOf(k)] as number; v !== end; v = this.next[v] as number) nodes.push(v);
    return nodes;
  }

  /** Puts the drop-offs that route k owes back in the order they were given: one by one they need not all find a way. */
  putOwedBack(k: number): void {
    const { fixed = [], owed = [] } = this.problem.given[k] ?? {};
    if (owed.length === 0) return;
    const nodes = this.nodesOf(k);
    this.setRoute(k, [...nodes.slice(0, fixed.length), ...owed, ...nodes.slice(fixed.length)]);
  }

  /**
   * Replaces route k, with nothing in it but what is given, by these nodes (given ones included).
   * @returns false, with the route left without requests that can be moved, when they break a rule
   */
  setRoute(k: number, nodes: readonly number[]): boolean {
    let last = this.startOf(k);
    for (const v of nodes) {
      this.link(last, v);
      this.routeOf[v] = k;
      last = v;
    }
    this.link(last, this.endOf(k));
    const served = new Set(nodes);
    this.unserved = this.unserved.filter((r) => !served.has(r + this.problem.n));
    return this.refresh(k);
  }

  copyFrom(other: Plan): void {
    this.next.set(other.next);
    this.prev.set(other.prev);
    this.routeOf.set(other.routeOf);
    this.row.set(other.row);
    this.early.set(other.early);
    this.late.set(other.late);
    this.load.set(other.load);
    this.routeCost.set(other.routeCost);
    this.stops.set(other.stops);
    this.version.set(other.version);
    this.unserved = other.unserved.slice();
    this.missed = other.missed;
  }

  /** Works out cost, loads and schedules of route k anew; where travel times defy the triangle, empties a route that broke. */
  private refresh(k: number): boolean {
    if (this.memory?.recall(this, k)) return true;
    this.version[k] = ++this.versions;
    this.measure(k);
    if (earliestSchedule(this, k) && latestSchedule(this, k)) {
      this.addSideCosts(k);
      this.memory?.keep(this, k);
      return true;
    }
    const left = this.requestsOf(k).filter(
      (r) => (this.routeOf[r + this.problem.n] as number) >= 0 && !this.isFixed(r),
    );
    if (left.length > 0) this.remove(left);
    // What is owed alone may still do.
    const owed = this.problem.given[k]?.owed ?? [];
    if (left.some((r) => !owed.includes(r + this.problem.n))) this.putOwedBack(k);
    return false;
  }

  /** Adds what lateness, overtime and the choice of the vehicle cost. */
  private addSideCosts(k: number): void {
    const { n, m, pairCost, soft } = this.problem;
    if ((pairCost === null && soft === null) || this.isIdle(k)) return;
    let sum = 0;
    const end = this.endOf(k);
    for (let v = this.startOf(k); ; v = this.next[v] as number) {
      if (soft !== null) sum += softCost(soft, v, this.early[v] as number);
      if (pairCost !== null && v < n) sum += pairCost[v * m + k] as number;
      if (v === end) break;
    }
    this.routeCost[k] = (this.routeCost[k] as number) + sum;
  }

  /** Sets the rows of the nodes of route k. */
  setRows(k: number): void {
    const { nodes, floating } = this.problem;
    let here = 0;
    for (let u = this.startOf(k); u !== this.endOf(k); u = this.next[u] as number) {
      if (floating[u] === 0) here = u * nodes;
      this.row[u] = here;
    }
  }

  private measure(k: number): void {
    const { nodes, time, cost, riders, n, floating } = this.problem;
    let [sum, load, stops, here] = [0, 0, 0, 0];
    const end = this.endOf(k);
    for (let u = this.startOf(k); u !== end; ) {
      const v = this.next[u] as number;
      if (floating[u] === 0) here = u * nodes;
      this.row[u] = here;
      sum += cost[here + v] as number;
      this.leg[v] = time[here + v] as number;
      if (v !== end) {
        if (v < n) load += riders[v] as number;
        else if (v < 2 * n) load -= riders[v] as number;
        if (v < 2 * n) stops += 1;
        this.load[v] = load;
      }
      u = v;
    }
    this.stops[k] = stops;
    this.routeCost[k] = this.isIdle(k) ? 0 : sum;
  }
}
