import type { Plan } from "./plan";
import type { Problem } from "./problem";
import { RouteKeys } from "./route-key";

const SLOTS = 1 << 17;
/** Most numbers kept between two calls of `take`: what comes above is not kept. */
const MOST_NUMBERS = 1 << 20;

/**
 * Routes that a search came by, for another thread to combine: `[vehicle, cost, number of stops, stops...]` one after
 * the other. Remembers the last route seen in each of a number of slots, to pass most routes on once only.
 */
export class RouteLog {
  private readonly keys: RouteKeys;
  private readonly seen = new Int32Array(2 * SLOTS);
  private readonly costs = new Float64Array(SLOTS);
  private buffer = new Float64Array(1 << 14);
  private used = 0;

  constructor(private readonly problem: Problem) {
    this.keys = new RouteKeys(problem);
  }

  /** Keeps route k, unless it was kept a short time ago at the same cost or less. */
  note(plan: Plan, k: number): void {
    const { keys, problem, seen, costs } = this;
    const count = plan.stops[k] as number;
    if (count === 0 || this.used + count + 3 > MOST_NUMBERS) return;
    const { n } = problem;
    const [start, end] = [plan.startOf(k), plan.endOf(k)];
    keys.begin(problem.classOf[k] as number);
    for (let v = plan.next[start] as number; v !== end; v = plan.next[v] as number) if (v < n) keys.add(v);
    const slot = (keys.high >>> 0) % SLOTS;
    const cost = plan.routeCost[k] as number;
    const known = seen[2 * slot] === keys.high && seen[2 * slot + 1] === keys.low;
    if (known && cost >= (costs[slot] as number) - 1e-9) return;
    seen[2 * slot] = keys.high;
    seen[2 * slot + 1] = keys.low;
    costs[slot] = cost;
    this.reserve(count + 3);
    this.buffer[this.used++] = k;
    this.buffer[this.used++] = cost;
    this.buffer[this.used++] = count;
    for (let v = plan.next[start] as number; v !== end; v = plan.next[v] as number) this.buffer[this.used++] = v;
  }

  /** The routes kept since the last time; null when there are none. */
  take(): Float64Array | null {
    if (this.used === 0) return null;
    const taken = this.buffer.slice(0, this.used);
    this.used = 0;
    return taken;
  }

  private reserve(more: number): void {
    if (this.used + more <= this.buffer.length) return;
    const larger = new Float64Array(2 * this.buffer.length);
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
