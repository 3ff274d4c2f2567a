import type { Plan } from "./plan";
import type { SoftCosts } from "./problem";

/** Slack for rounding, in minutes. */
export const EPSILON = 1e-9;

/** Times that a walk may be set back before the route is taken for infeasible; far above what sound routes need. */
const MOST_SETBACKS = 10_000;

/**
 * The earliest start of service at every node of route k, over all schedules that keep windows, ride limits and the
 * route limit: the least solution of the system of difference constraints. A node is as early as the node before it
 * allows; where a ride gets too long, its pickup is moved later and the walk set back to it. The node reached last
 * cannot move by that, unless the route is infeasible (its own lateness would return to it).
 * @returns whether the route is feasible; `plan.early` is only valid if so
 */
export function earliestSchedule(plan: Plan, k: number): boolean {
  const { n, service, open, close, maxRide, maxRoute } = plan.problem;
  const { next, early, leg } = plan;
  const start = plan.startOf(k);
  const end = plan.endOf(k);
  for (let v = start; v !== end; v = next[v] as number) early[v] = open[v] as number;
  early[end] = open[end] as number;
  let u = start;
  let frontier = start;
  let reached = early[start] as number;
  let setbacks = 0;
  while (u !== end) {
    const v = next[u] as number;
    let at = (early[u] as number) + (service[u] as number) + (leg[v] as number);
    if (at < (early[v] as number)) at = early[v] as number;
    if (at > (close[v] as number) + EPSILON) return false;
    early[v] = at;
    if (u === frontier) {
      frontier = v;
      reached = at;
    } else if (v === frontier && at > reached + EPSILON) return false;
    u = v;
    // A drop-off that its pickup is too early for, or the end of a route that began too early.
    if (v < n) continue;
    let from = start;
    let earliestFrom = at - (maxRoute[k] as number);
    if (v < 2 * n) {
      from = v - n;
      earliestFrom = at - (maxRide[from] as number) - (service[from] as number);
    }
    if (earliestFrom <= (early[from] as number) + EPSILON) continue;
    if (earliestFrom > (close[from] as number) + EPSILON || ++setbacks > MOST_SETBACKS) return false;
    early[from] = earliestFrom;
    u = from;
  }
  return true;
}

/**
 * The latest start of service at every node of route k, the mirror image of `earliestSchedule`.
 * @returns whether the route is feasible; `plan.late` is only valid if so
 */
export function latestSchedule(plan: Plan, k: number): boolean {
  const { n, service, open, close, maxRide, maxRoute } = plan.problem;
  const { prev, late, leg } = plan;
  const start = plan.startOf(k);
  const end = plan.endOf(k);
  for (let v = end; v !== start; v = prev[v] as number) late[v] = close[v] as number;
  late[start] = close[start] as number;
  let u = end;
  let frontier = end;
  let reached = late[end] as number;
  let setbacks = 0;
  while (u !== start) {
    const v = prev[u] as number;
    let at = (late[u] as number) - (service[v] as number) - (leg[u] as number);
    if (at > (late[v] as number)) at = late[v] as number;
    if (at < (open[v] as number) - EPSILON) return false;
    late[v] = at;
    if (u === frontier) {
      frontier = v;
      reached = at;
    } else if (v === frontier && at < reached - EPSILON) return false;
    u = v;
    if (v >= n && v !== start) continue;
    let from = end;
    let latestFrom = at + (maxRoute[k] as number);
    if (v < n) {
      from = v + n;
      latestFrom = at + (maxRide[v] as number) + (service[v] as number);
    }
    if (latestFrom >= (late[from] as number) - EPSILON) continue;
    if (latestFrom < (open[from] as number) - EPSILON || ++setbacks > MOST_SETBACKS) return false;
    late[from] = latestFrom;
    u = from;
  }
  return true;
}

/** What beginning service at a node at a time costs, by the prices of lateness and of used-up buffer. */
export function softCost(soft: SoftCosts, v: number, at: number): number {
  const late = at - (soft.due[v] as number);
  const used = Math.min(late, 0) + (soft.bufferMin[v] as number);
  return (
    (late > 0 ? late * (soft.latePerMin[v] as number) : 0) + (used > 0 ? used * (soft.bufferPerMin[v] as number) : 0)
  );
}
