import type { Plan } from "@/server/domain/scheduling/plan";
import { type Layout, toS } from "./layout";
import { apartObstacle, loadObstacle } from "./load-obstacles";
import { RelaxedRoute } from "./relaxed-route";
import { wayBetween } from "./travel-table";
import type { NearMiss, Obstacle, PlanningUnit } from "./types";

/** How much a broken rule weighs against the way, in minutes: one rule, and each minute it is broken by. */
const PER_OBSTACLE = 20;
const PER_MINUTE = 2;

/** Minutes below which a rule counts as kept: the rounding of seconds. */
const TRIFLE_MIN = 1 / 120;

type Best = { score: number; i: number; j: number };

/** Finds, for a trip that a route has no place for, the place that would cost least if rules could be broken. */
export class NearMissFinder {
  private readonly walker: RelaxedRoute;

  constructor(
    private readonly layout: Layout,
    private readonly plan: Plan,
  ) {
    this.walker = new RelaxedRoute(layout.problem);
  }

  /** The cheapest place of request p on vehicle k and what stands in its way; null when no way leads there. */
  find(p: number, k: number): NearMiss | null {
    const { problem, units } = this.layout;
    const { plan } = this;
    const [d, firstVisit] = [p + problem.n, 2 * problem.n];
    const route = [plan.startOf(k), ...plan.nodesOf(k), plan.endOf(k)];
    const from = route.indexOf(problem.lastFixed[k] as number);
    let best: Best = { score: Number.POSITIVE_INFINITY, i: -1, j: -1 };
    for (let i = from; i < route.length - 1; i++) {
      for (let j = i; j < route.length - 1; j++) {
        if (j > i && (route[j] as number) >= firstVisit) break;
        const bound = this.bound(route, p, i, j);
        if (bound >= best.score) continue;
        const trial = [...route.slice(0, i + 1), p, ...route.slice(i + 1, j + 1), d, ...route.slice(j + 1)];
        const score = bound + this.penalty(trial, k, p) - this.boundPenalty(route, p, i);
        if (score < best.score) best = { score, i, j };
      }
    }
    if (best.i < 0) return null;
    const trial = [
      ...route.slice(0, best.i + 1),
      p,
      ...route.slice(best.i + 1, best.j + 1),
      d,
      ...route.slice(best.j + 1),
    ];
    const unit = units[k] as PlanningUnit;
    const { detourS, detourM } = this.detour(route, trial);
    return { unitId: unit.id, callSign: unit.callSign, detourS, detourM, obstacles: this.obstacles(trial, k, p) };
  }

  /** Minutes of travel that a place adds, and what it certainly breaks: no place scores less. */
  private bound(route: readonly number[], p: number, i: number, j: number): number {
    const { n, nodes, time } = this.layout.problem;
    const way = (u: number, v: number) => time[(this.plan.row[u] ?? u * nodes) + v] as number;
    const d = p + n;
    const [a, b] = [route[i] as number, this.plan.drivesTo(route[i + 1] as number)];
    let added = Number.POSITIVE_INFINITY;
    if (i === j) added = way(a, p) + (time[p * nodes + d] as number) + (time[d * nodes + b] as number) - way(a, b);
    else {
      const [c, e] = [route[j] as number, this.plan.drivesTo(route[j + 1] as number)];
      added =
        way(a, p) +
        (time[p * nodes + b] as number) -
        way(a, b) +
        way(c, d) +
        (time[d * nodes + e] as number) -
        way(c, e);
    }
    return Number.isFinite(added) ? added + this.boundPenalty(route, p, i) : Number.POSITIVE_INFINITY;
  }

  /** A pickup behind node i begins after its window at least by this, or holds up what follows. */
  private boundPenalty(route: readonly number[], p: number, i: number): number {
    const { nodes, time, service, open, close } = this.layout.problem;
    const { early, late, row } = this.plan;
    const [a, b] = [route[i] as number, route[i + 1] as number];
    const at = (early[a] as number) + (service[a] as number) + (time[(row[a] ?? a * nodes) + p] as number);
    const after = Math.max(at, open[p] as number) + (service[p] as number) + (time[p * nodes + b] as number);
    const lateP = at - (close[p] as number);
    const lateB = this.plan.drivesTo(b) === b ? after - (late[b] as number) : 0;
    const over = Math.max(lateP, lateB);
    return over > TRIFLE_MIN ? Math.max(0, PER_MINUTE * over) : 0;
  }

  private penalty(trial: readonly number[], k: number, p: number): number {
    let sum = 0;
    for (const obstacle of this.obstacles(trial, k, p)) {
      sum += PER_OBSTACLE;
      if ("byS" in obstacle) sum += (PER_MINUTE * obstacle.byS) / 60;
      else if ("fromS" in obstacle) sum += (PER_MINUTE * (obstacle.toS - obstacle.fromS)) / 60;
    }
    return sum;
  }

  /** Every rule that a route with request p in it breaks. */
  private obstacles(trial: readonly number[], k: number, p: number): Obstacle[] {
    const { walker, layout, plan } = this;
    walker.walk(trial);
    const found: Obstacle[] = [];
    const load = loadObstacle(layout, trial, k, p, walker.at);
    if (load) found.push(load);
    const apart = apartObstacle(layout, plan, trial, p);
    if (apart) found.push(apart);
    for (const v of trial) found.push(...this.timeObstacles(v, k, p));
    return found;
  }

  private timeObstacles(v: number, k: number, p: number): Obstacle[] {
    const { n, m, maxRoute } = this.layout.problem;
    const { walker, plan } = this;
    const byS = toS(walker.lateMin(v));
    const found: Obstacle[] = [];
    if (v < 2 * n) {
      const [r, end] = [v < n ? v : v - n, v < n ? ("pickup" as const) : ("dropoff" as const)];
      const ref = this.layout.trips[r]?.ref ?? "";
      if (byS > 0) found.push(r === p ? { code: "own_window", end, byS } : { code: "other_window", ref, end, byS });
      const rideS = v < n ? 0 : toS(walker.rideExcessMin(v));
      if (rideS > 0) found.push(r === p ? { code: "own_ride", byS: rideS } : { code: "other_ride", ref, byS: rideS });
    } else if (v >= 2 * (n + m)) {
      if (byS > 0) found.push({ code: "break", byS });
    } else if (v === plan.endOf(k)) {
      if (byS > 0) found.push({ code: "shift_end", byS });
      const [begin, end] = [walker.at[plan.startOf(k)] as number, walker.at[v] as number];
      const overS = toS(this.routeExcess(begin, end, maxRoute[k] as number, k));
      if (overS > 0) found.push({ code: "route_limit", byS: overS });
    }
    return found;
  }

  /** How much too long a route is, if its vehicle leaves as late as its first stop allows. */
  private routeExcess(begin: number, end: number, limit: number, k: number): number {
    const { time, nodes, close } = this.layout.problem;
    const first = this.plan.next[this.plan.startOf(k)] as number;
    const start = this.plan.startOf(k);
    const latest = Math.min(
      close[start] as number,
      (this.walker.at[first] as number) - (time[start * nodes + first] as number),
    );
    return Math.max(0, end - Math.max(begin, latest) - limit);
  }

  /** What a changed route drives more, in seconds and metres. */
  detour(before: readonly number[], after: readonly number[]): { detourS: number; detourM: number } {
    const [a, b] = [this.length(before), this.length(after)];
    return { detourS: Math.round(b.driveS - a.driveS), detourM: Math.round(b.driveM - a.driveM) };
  }

  private length(route: readonly number[]): { driveS: number; driveM: number } {
    const { day, input, problem } = this.layout;
    const [k] = [(route[0] as number) - 2 * problem.n];
    const sum = { driveS: 0, driveM: 0 };
    if (route.length === 2 && this.plan.isIdle(k)) return sum;
    let here: number | null = null;
    for (const v of route) {
      const place = placeOf(input, problem, v);
      if (place === null) continue;
      if (here !== null) {
        const way = wayBetween(day.travel, here, place, toS(this.plan.early[route[0] as number] as number));
        sum.driveS += way.driveS;
        sum.driveM += way.driveM;
      }
      here = place;
    }
    return sum;
  }
}

/** Where a node is; null = wherever the vehicle is. */
export function placeOf(input: Layout["input"], { n, m }: Layout["problem"], v: number): number | null {
  if (v < n) return input.requests[v]?.pickup.place ?? null;
  if (v < 2 * n) return input.requests[v - n]?.dropoff.place ?? null;
  if (v < 2 * n + m) return input.vehicles[v - 2 * n]?.start ?? null;
  if (v < 2 * (n + m)) return input.vehicles[v - 2 * n - m]?.end ?? null;
  let left = v - 2 * (n + m);
  for (const vehicle of input.vehicles) {
    const visits = vehicle.visits ?? [];
    const visit = visits[left];
    if (visit) return visit.place;
    left -= visits.length;
  }
  return null;
}
