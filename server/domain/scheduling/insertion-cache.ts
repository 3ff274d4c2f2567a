import { Inserter } from "./insertion";
import type { Plan } from "./plan";

/** Entries by request beside those of the plan that iterations go out from: a power of two, some 200,000 in all. */
const entriesFor = (requests: number): number =>
  2 ** Math.max(4, Math.min(11, Math.floor(Math.log2(200_000 / Math.max(1, requests)))));

/**
 * Remembers the best place of each request in each route: for the routes of the plan that the search goes out from (most
 * are left alone by an iteration), and for as many others as there is room for, by version of the route.
 */
export class InsertionCache {
  /** The best place after `best` answered true. */
  cost = 0;
  i = -1;
  j = -1;
  private readonly inserter: Inserter;
  private readonly entries: number;
  /** Where the other entries begin. */
  private readonly others: number;
  /** 0 = nothing is known. */
  private readonly versions: Int32Array;
  private readonly costs: Float64Array;
  private readonly after: Int32Array;

  /** @param base - the plan that iterations start from: its routes' entries have a slot of their own */
  constructor(
    private readonly plan: Plan,
    private readonly base: Plan,
  ) {
    const { n, m } = plan.problem;
    this.entries = entriesFor(n);
    this.others = n * m;
    const slots = n * (m + this.entries);
    this.inserter = new Inserter(plan);
    this.versions = new Int32Array(slots);
    this.costs = new Float64Array(slots);
    this.after = new Int32Array(2 * slots);
  }

  /**
   * The cheapest place of request r in route k, if it costs less than `limit`.
   * @returns whether there is one; it is in `cost`, `i` and `j`
   */
  best(r: number, k: number, limit: number): boolean {
    const { plan, costs, after } = this;
    if (plan.problem.together !== null && !plan.mayJoin(r, k)) return false;
    const slot = this.slotOf(r, k);
    if (this.versions[slot] !== plan.version[k]) return this.compute(r, k, limit, slot);
    const cost = costs[slot] as number;
    if (cost >= limit) return false;
    // A limit of an earlier search that found nothing below it: now there is more room.
    if ((after[2 * slot] as number) < 0) return this.compute(r, k, limit, slot);
    this.cost = cost;
    this.i = after[2 * slot] as number;
    this.j = after[2 * slot + 1] as number;
    return true;
  }

  /** Is it known whether request r goes into route k for less than `limit`? Then `best` takes no time. */
  knows(r: number, k: number, limit: number): boolean {
    const slot = this.slotOf(r, k);
    if (this.versions[slot] !== this.plan.version[k]) return false;
    return (this.costs[slot] as number) >= limit || (this.after[2 * slot] as number) >= 0;
  }

  /** The slot of a request and a route as it is; what is known elsewhere of a route of the base is brought to its own. */
  private slotOf(r: number, k: number): number {
    const { plan, versions, entries } = this;
    const version = plan.version[k] as number;
    const other = this.others + r * entries + (version & (entries - 1));
    if (version !== this.base.version[k]) return other;
    const own = r * plan.problem.m + k;
    if (versions[own] !== version && versions[other] === version) this.move(other, own);
    return own;
  }

  private move(from: number, to: number): void {
    const { versions, costs, after } = this;
    versions[to] = versions[from] as number;
    costs[to] = costs[from] as number;
    after[2 * to] = after[2 * from] as number;
    after[2 * to + 1] = after[2 * from + 1] as number;
  }

  private compute(r: number, k: number, limit: number, slot: number): boolean {
    const { inserter } = this;
    const found = inserter.search(r, k, limit);
    this.versions[slot] = this.plan.version[k] as number;
    this.costs[slot] = found ? inserter.cost : limit;
    this.after[2 * slot] = inserter.i;
    this.after[2 * slot + 1] = inserter.j;
    this.cost = inserter.cost;
    this.i = inserter.i;
    this.j = inserter.j;
    return found;
  }
}
