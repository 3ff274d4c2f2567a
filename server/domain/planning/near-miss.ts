import { fits } from "@/server/domain/scheduling/places";
import type { Plan } from "@/server/domain/scheduling/plan";
import { type Layout, toS } from "./layout";
import { apartObstacle, crowdObstacle, loadObstacle } from "./load-obstacles";
import { RelaxedRoute } from "./relaxed-route";
import { metresBetween } from "./travel-table";
import type { NearMiss, Obstacle, PlanningUnit } from "./types";

/** How much a broken rule weighs against the way, in minutes: one rule, and each minute it is broken by. */
const PER_OBSTACLE = 20;
const PER_MINUTE = 2;

/** Minutes below which a rule counts as kept: the rounding of seconds. */
const TRIFLE_MIN = 1 / 120;

/** Places that are looked at closely, of those that promise most: enough for the cheapest, and an end in any case. */
const LOOKED_AT = 12;

/** A place for pickup and drop-off (positions in the route), and what it costs at the least. */
type Candidate = { i: number; j: number; added: number; least: number };

/** Keeps the places that promise most, best first. */
function offer(found: Candidate[], least: number, i: number, j: number, added: number): void {
  const last = found.at(-1);
  if (found.length === LOOKED_AT && last && least >= last.least) return;
  let at = found.length;
  while (at > 0 && (found[at - 1] as Candidate).least > least) at--;
  found.splice(at, 0, { i, j, added, least });
  if (found.length > LOOKED_AT) found.pop();
}

const penalty = (minutes: number): number => (minutes > TRIFLE_MIN ? PER_OBSTACLE + PER_MINUTE * minutes : 0);

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
    const { plan } = this;
    const route = [plan.startOf(k), ...plan.nodesOf(k), plan.endOf(k)];
    const candidates = this.candidates(route, p, k);
    let [score, best]: [number, number[] | null] = [Number.POSITIVE_INFINITY, null];
    let obstacles: Obstacle[] = [];
    for (const { i, j, added, least } of candidates) {
      if (least >= score) break;
      const trial = this.withTrip(route, p, i, j);
      const broken = this.obstacles(trial, k, p);
      const sum = added + weightOf(broken);
      if (sum < score) [score, best, obstacles] = [sum, trial, broken];
    }
    if (best === null) return null;
    const unit = this.layout.units[k] as PlanningUnit;
    return { unitId: unit.id, callSign: unit.callSign, ...this.detour(route, best), obstacles };
  }

  private withTrip(route: readonly number[], p: number, i: number, j: number): number[] {
    const trial = route.slice();
    trial.splice(j + 1, 0, p + this.layout.problem.n);
    trial.splice(i + 1, 0, p);
    return trial;
  }

  /** The most promising places in a route, with minutes of travel that each adds and the least that it breaks. */
  private candidates(route: readonly number[], p: number, k: number): Candidate[] {
    const { n, nodes, time, service, open, close, places, riders, lastFixed } = this.layout.problem;
    const { floating } = this.layout.problem;
    const { early, late, load, row } = this.plan;
    const [d, most, extra] = [p + n, places[k] as number, riders[p] as number];
    const way = (u: number, v: number) => time[(row[u] as number) + v] as number;
    const fromNew = (u: number, v: number) => time[u * nodes + v] as number;
    const over = (v: number, at: number) => (floating[v] === 1 ? 0 : at - (late[v] as number));
    const full = (v: number) => (fits(most, ((load[v] as number) + extra) | 0) ? 0 : PER_OBSTACLE);
    const found: Candidate[] = [];
    for (let i = route.indexOf(lastFixed[k] as number); i < route.length - 1; i++) {
      const [a, b] = [route[i] as number, route[i + 1] as number];
      const [onward, crowded] = [this.plan.drivesTo(b), full(a)];
      const atP = Math.max((early[a] as number) + (service[a] as number) + way(a, p), open[p] as number);
      const lateP = penalty(atP - (close[p] as number));
      const leaveP = atP + (service[p] as number);
      const place = (j: number, added: number, atD: number, next: number, held: number) => {
        const begin = Math.max(atD, open[d] as number);
        const holds = Math.max(held, over(next, begin + (service[d] as number) + fromNew(d, next)));
        const least = added + crowded + lateP + penalty(begin - (close[d] as number)) + penalty(holds);
        if (Number.isFinite(added)) offer(found, least, i, j, added);
      };
      place(i, way(a, p) + fromNew(p, d) + fromNew(d, onward) - way(a, onward), leaveP + fromNew(p, d), b, 0);
      const added = way(a, p) + fromNew(p, onward) - way(a, onward);
      let at = leaveP + fromNew(p, b);
      const held = over(b, at);
      for (let j = i + 1; j < route.length - 1 && (route[j] as number) < 2 * n; j++) {
        const [u, v] = [route[j] as number, route[j + 1] as number];
        const leave = Math.max(at, early[u] as number) + (service[u] as number);
        const next = this.plan.drivesTo(v);
        place(j, added + way(u, d) + fromNew(d, next) - way(u, next) + full(u), leave + way(u, d), v, held);
        at = leave + way(u, v);
      }
    }
    return found;
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
    const crowd = crowdObstacle(layout, trial, p);
    if (crowd) found.push(crowd);
    for (const v of trial) this.addTimeObstacles(found, v, k, p);
    return found;
  }

  private addTimeObstacles(found: Obstacle[], v: number, k: number, p: number): void {
    const { n, m, maxRoute } = this.layout.problem;
    const { walker, plan } = this;
    const byS = toS(walker.lateMin(v));
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
      const overS = toS(walker.routeExcessMin(plan.startOf(k), v, maxRoute[k] as number));
      if (overS > 0) found.push({ code: "route_limit", byS: overS });
    }
  }

  /** What a changed route drives more, in seconds and metres. */
  detour(before: readonly number[], after: readonly number[]): { detourS: number; detourM: number } {
    const [a, b] = [this.length(before), this.length(after)];
    return { detourS: toS(b.minutes - a.minutes), detourM: Math.round(b.metres - a.metres) };
  }

  private length(route: readonly number[]): { minutes: number; metres: number } {
    const { day, input, problem } = this.layout;
    const sum = { minutes: 0, metres: 0 };
    if (route.length === 2 && this.plan.isIdle((route[0] as number) - 2 * problem.n)) return sum;
    let [here, last]: [number | null, number] = [null, 0];
    for (const v of route) {
      const place = placeOf(input, problem, v);
      if (place === null) continue;
      if (here !== null) {
        sum.minutes += problem.time[last * problem.nodes + v] as number;
        sum.metres += metresBetween(day.travel, here, place);
      }
      [here, last] = [place, v];
    }
    return sum;
  }
}

/** What broken rules weigh, in minutes. */
function weightOf(obstacles: readonly Obstacle[]): number {
  let sum = 0;
  for (const obstacle of obstacles) {
    sum += PER_OBSTACLE;
    if ("byS" in obstacle) sum += (PER_MINUTE * obstacle.byS) / 60;
  }
  return sum;
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
