import type { Plan } from "./plan";
import type { Problem } from "./problem";

/** Routes that can be named at once, and nodes of theirs that are held: a few megabytes. */
const SLOTS = 1 << 14;
const HELD = 1 << 18;

/**
 * Remembers the schedules of routes. A search takes the same requests out of the same routes again and again, and puts
 * most of them back where they were: a route that was seen before need not be worked out anew, and keeps its version,
 * by which the best places in it are remembered.
 */
export class RouteMemory {
  private readonly versions = new Int32Array(SLOTS);
  private readonly costs = new Float64Array(SLOTS);
  private readonly stops = new Int32Array(SLOTS);
  private readonly first = new Int32Array(SLOTS);
  /** Node and load, earliest and latest start of service, route after route; written round and round. */
  private readonly nodes: Int32Array;
  private readonly times: Float64Array;
  private used = 0;
  private readonly floats: boolean;

  /** @param held - how many nodes there is room for */
  constructor(
    { floating }: Problem,
    private readonly held = HELD,
  ) {
    this.nodes = new Int32Array(2 * held);
    this.times = new Float64Array(2 * held);
    this.floats = floating.includes(1);
  }

  private slotOf(plan: Plan, k: number): number {
    const { next } = plan;
    const end = plan.endOf(k);
    let hash = 0;
    for (let u = plan.startOf(k); u !== end; ) {
      const v = next[u] as number;
      const arc = Math.imul(Math.imul(u, 0x2c1b3c6d) + v, 0x297a2d39);
      hash = (hash + (arc ^ (arc >>> 15))) | 0;
      u = v;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }

  /** Sets route k to what is known of it. @returns false when nothing is */
  recall(plan: Plan, k: number): boolean {
    const { nodes, times } = this;
    const slot = this.slotOf(plan, k);
    if (this.versions[slot] === 0) return false;
    const end = plan.endOf(k);
    let at = 2 * (this.first[slot] as number);
    // What lies there may have been overwritten: then some node differs, the ends included.
    let v = plan.startOf(k);
    for (let i = at; ; i += 2) {
      if (nodes[i] !== v) return false;
      if (v === end) break;
      v = plan.next[v] as number;
    }
    const { early, late, load } = plan;
    for (v = plan.startOf(k); ; v = plan.next[v] as number, at += 2) {
      load[v] = nodes[at + 1] as number;
      early[v] = times[at] as number;
      late[v] = times[at + 1] as number;
      if (v === end) break;
    }
    if (this.floats) plan.setRows(k);
    plan.version[k] = this.versions[slot] as number;
    plan.routeCost[k] = this.costs[slot] as number;
    plan.stops[k] = this.stops[slot] as number;
    return true;
  }

  /** Keeps what was worked out of route k. */
  keep(plan: Plan, k: number): void {
    const { nodes, times } = this;
    const end = plan.endOf(k);
    let count = 2;
    for (let v = plan.next[plan.startOf(k)] as number; v !== end; v = plan.next[v] as number) count += 1;
    if (count > this.held) return;
    if (this.used + count > this.held) this.used = 0;
    const slot = this.slotOf(plan, k);
    this.first[slot] = this.used;
    this.versions[slot] = plan.version[k] as number;
    this.costs[slot] = plan.routeCost[k] as number;
    this.stops[slot] = plan.stops[k] as number;
    let at = 2 * this.used;
    this.used += count;
    for (let v = plan.startOf(k); ; v = plan.next[v] as number, at += 2) {
      nodes[at] = v;
      nodes[at + 1] = plan.load[v] as number;
      times[at] = plan.early[v] as number;
      times[at + 1] = plan.late[v] as number;
      if (v === end) return;
    }
  }
}
