import type { Problem } from "./problem";
import { earliestSchedule, latestSchedule } from "./schedule";

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
  /** Earliest and latest start of service at each planned node, over all feasible schedules of its route. */
  readonly early: Float64Array;
  readonly late: Float64Array;
  /** Packed riders aboard after each planned node. */
  readonly load: Int32Array;
  readonly routeCost: Float64Array;
  /** Stops of each route. */
  readonly stops: Int32Array;
  /** Changes with every change of a route, and is never used again. */
  readonly version: Int32Array;
  /** Requests in no route (impossible ones are not listed). */
  unserved: number[];
  private versions = 0;

  constructor(readonly problem: Problem) {
    const { n, m, nodes, impossible } = problem;
    this.next = new Int32Array(nodes).fill(NONE);
    this.prev = new Int32Array(nodes).fill(NONE);
    this.routeOf = new Int32Array(nodes).fill(NONE);
    this.early = new Float64Array(nodes);
    this.late = new Float64Array(nodes);
    this.load = new Int32Array(nodes);
    this.routeCost = new Float64Array(m);
    this.stops = new Int32Array(m);
    this.version = new Int32Array(m);
    this.unserved = Array.from({ length: n }, (_, r) => r).filter((r) => !impossible.has(r));
    for (let k = 0; k < m; k++) this.open(k);
  }

  private open(k: number): void {
    const { n, m } = this.problem;
    const [start, end] = [2 * n + k, 2 * n + m + k];
    this.link(start, end);
    this.routeOf[start] = k;
    this.routeOf[end] = k;
    this.refresh(k);
  }

  startOf(k: number): number {
    return 2 * this.problem.n + k;
  }

  endOf(k: number): number {
    return 2 * this.problem.n + this.problem.m + k;
  }

  /** Distance of all routes, without the penalty of unserved requests. */
  get distance(): number {
    let sum = 0;
    for (let k = 0; k < this.routeCost.length; k++) sum += this.routeCost[k] as number;
    return sum;
  }

  /** What the search minimises: distance, and a penalty for each request left out. */
  get objective(): number {
    return this.distance + this.problem.absence * this.unserved.length;
  }

  link(u: number, v: number): void {
    this.next[u] = v;
    this.prev[v] = u;
  }

  private unlink(v: number): void {
    this.link(this.prev[v] as number, this.next[v] as number);
    this.routeOf[v] = NONE;
  }

  /** Puts a request into route k: pickup after node i, drop-off after node j (j = i: right after the pickup). */
  insert(request: number, k: number, i: number, j: number): void {
    const d = request + this.problem.n;
    const after = j === i ? request : j;
    this.link(request, this.next[i] as number);
    this.link(i, request);
    this.link(d, this.next[after] as number);
    this.link(after, d);
    this.routeOf[request] = k;
    this.routeOf[d] = k;
    this.unserved.splice(this.unserved.indexOf(request), 1);
    this.refresh(k);
  }

  /** Takes requests out of their routes; they are unserved from then on. */
  remove(requests: readonly number[]): void {
    const touched = new Set<number>();
    for (const request of requests) {
      touched.add(this.routeOf[request] as number);
      this.unlink(request);
      this.unlink(request + this.problem.n);
      this.unserved.push(request);
    }
    for (const k of touched) this.refresh(k);
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

  /** Replaces an empty route k by these nodes. @returns false, with the route left empty, when they break a rule */
  setRoute(k: number, nodes: readonly number[]): boolean {
    let last = this.startOf(k);
    for (const v of nodes) {
      this.link(last, v);
      this.routeOf[v] = k;
      last = v;
    }
    this.link(last, this.endOf(k));
    const gone = new Set(nodes);
    this.unserved = this.unserved.filter((r) => !gone.has(r));
    return this.refresh(k);
  }

  copyFrom(other: Plan): void {
    this.next.set(other.next);
    this.prev.set(other.prev);
    this.routeOf.set(other.routeOf);
    this.early.set(other.early);
    this.late.set(other.late);
    this.load.set(other.load);
    this.routeCost.set(other.routeCost);
    this.stops.set(other.stops);
    this.version.set(other.version);
    this.unserved = other.unserved.slice();
  }

  /** Works out cost, loads and schedules of route k anew; where travel times defy the triangle, empties a route that broke. */
  private refresh(k: number): boolean {
    this.version[k] = ++this.versions;
    this.measure(k);
    if (earliestSchedule(this, k) && latestSchedule(this, k)) return true;
    const left = this.requestsOf(k);
    if (left.length > 0) this.remove(left);
    return false;
  }

  private measure(k: number): void {
    const { nodes, cost, riders, n } = this.problem;
    let [sum, load, stops] = [0, 0, 0];
    const end = this.endOf(k);
    for (let u = this.startOf(k); u !== end; ) {
      const v = this.next[u] as number;
      sum += cost[u * nodes + v] as number;
      if (v !== end) {
        stops += 1;
        load = v < n ? load + (riders[v] as number) : load - (riders[v] as number);
        this.load[v] = load;
      }
      u = v;
    }
    this.stops[k] = stops;
    this.routeCost[k] = stops === 0 ? 0 : sum;
  }
}
