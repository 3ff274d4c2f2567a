import { Inserter } from "./insertion";
import type { Plan } from "./plan";

/** Where a request goes into a route, as far as it is known: see `InsertionCache.best`. */
const UNKNOWN = 0;

/**
 * Remembers the best place of each request in each route, for two versions of the route: the one of the plan that the
 * search goes out from (most routes are left alone by an iteration) and the one tried at the moment.
 */
export class InsertionCache {
  /** The best place after `best` answered true. */
  cost = 0;
  i = -1;
  j = -1;
  private readonly inserter: Inserter;
  private readonly versions: Int32Array;
  private readonly costs: Float64Array;
  private readonly after: Int32Array;

  /** @param base - the plan that iterations start from: its routes' entries are kept longest */
  constructor(
    private readonly plan: Plan,
    private readonly base: Plan,
  ) {
    const slots = 2 * plan.problem.n * plan.problem.m;
    this.inserter = new Inserter(plan);
    this.versions = new Int32Array(slots).fill(UNKNOWN);
    this.costs = new Float64Array(slots);
    this.after = new Int32Array(2 * slots);
  }

  /**
   * The cheapest place of request r in route k, if it costs less than `limit`.
   * @returns whether there is one; it is in `cost`, `i` and `j`
   */
  best(r: number, k: number, limit: number): boolean {
    const { plan, versions } = this;
    if (plan.problem.together !== null && !plan.mayJoin(r, k)) return false;
    const first = 2 * (r * plan.problem.m + k);
    const version = plan.version[k] as number;
    let slot = first;
    if (versions[first] !== version) {
      slot = first + 1;
      if (versions[slot] !== version) {
        slot = versions[first] === this.base.version[k] ? first + 1 : first;
        return this.compute(r, k, limit, slot, version);
      }
    }
    const cost = this.costs[slot] as number;
    if (cost >= limit) return false;
    // A limit of an earlier search that found nothing below it: now there is more room.
    if ((this.after[2 * slot] as number) < 0) return this.compute(r, k, limit, slot, version);
    this.cost = cost;
    this.i = this.after[2 * slot] as number;
    this.j = this.after[2 * slot + 1] as number;
    return true;
  }

  private compute(r: number, k: number, limit: number, slot: number, version: number): boolean {
    const { inserter } = this;
    const found = inserter.search(r, k, limit);
    this.versions[slot] = version;
    this.costs[slot] = found ? inserter.cost : limit;
    this.after[2 * slot] = inserter.i;
    this.after[2 * slot + 1] = inserter.j;
    this.cost = inserter.cost;
    this.i = inserter.i;
    this.j = inserter.j;
    return found;
  }
}
