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

/** A place for the pickup: when the next stop is reached, what it breaks, by how much what follows is held up. */
type Pickup = { i: number; added: number; at: number; broken: number; held: number; least: number };

/** What a place has to promise less than to be looked at. */
const worst = (found: readonly Candidate[]): number =>
  found.length < LOOKED_AT ? Number.POSITIVE_INFINITY : (found[LOOKED_AT - 1] as Candidate).least;

/** Keeps the places that promise most, best first; what cannot be driven is no place. */
function offer(found: Candidate[], least: number, i: number, j: number, added: number): void {
  if (!Number.isFinite(added) || least >= worst(found)) return;
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
      const broken = this.obstacles(trial, k, p, score - added);
      if (broken === null) continue;
      [score, best, obstacles] = [added + weightOf(broken), trial, broken];
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

  /**
   * The most promising places in a route, with minutes of travel that each adds and the least that it breaks. Pickups that
   * promise most come first; what follows is left out where no detour is a short cut.
   */
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
    const pickups: Pickup[] = [];
    for (let i = route.indexOf(lastFixed[k] as number); i < route.length - 1; i++) {
      const [a, b] = [route[i] as number, route[i + 1] as number];
      const onward = this.plan.drivesTo(b);
      const atP = Math.max((early[a] as number) + (service[a] as number) + way(a, p), open[p] as number);
      const broken = full(a) + penalty(atP - (close[p] as number));
      const leave = atP + (service[p] as number);
      const begin = Math.max(leave + fromNew(p, d), open[d] as number);
      const holds = Math.max(0, over(b, begin + (service[d] as number) + fromNew(d, b)));
      const direct = way(a, p) + fromNew(p, d) + fromNew(d, onward) - way(a, onward);
      offer(found, direct + broken + penalty(begin - (close[d] as number)) + penalty(holds), i, i, direct);
      const [added, at] = [way(a, p) + fromNew(p, onward) - way(a, onward), leave + fromNew(p, b)];
      const held = Math.max(0, over(b, at));
      pickups.push({ i, added, at, broken, held, least: added + broken + penalty(held) });
    }
    pickups.sort((a, b) => a.least - b.least);
    for (const { i, added, at: first, broken, held, least } of pickups) {
      if (least >= worst(found)) break;
      let at = first;
      for (let j = i + 1; j < route.length - 1 && (route[j] as number) < 2 * n; j++) {
        const [u, v] = [route[j] as number, route[j + 1] as number];
        const leave = Math.max(at, early[u] as number) + (service[u] as number);
        const begin = Math.max(leave + way(u, d), open[d] as number);
        const lateD = penalty(begin - (close[d] as number));
        if (least + lateD >= worst(found)) break;
        const next = this.plan.drivesTo(v);
        const holds = Math.max(held, over(v, begin + (service[d] as number) + fromNew(d, v)));
        const more = added + way(u, d) + fromNew(d, next) - way(u, next);
        offer(found, more + full(u) + broken + lateD + penalty(holds), i, j, more);
        at = leave + way(u, v);
      }
    }
    return found;
  }

  /** Every rule that a route with request p in it breaks; null as soon as they weigh as much as `most`. */
  private obstacles(trial: readonly number[], k: number, p: number, most: number): Obstacle[] | null {
    const { walker, layout, plan } = this;
    walker.walk(trial);
    const timed: Obstacle[] = [];
    for (const v of trial) {
      const known = timed.length;
      this.addTimeObstacles(timed, v, k, p);
      if (timed.length > known && weightOf(timed) >= most) return null;
    }
    const load = loadObstacle(layout, trial, k, p, walker.at);
    const apart = apartObstacle(layout, plan, trial, p);
    const crowd = crowdObstacle(layout, trial, p);
    const found = [...[load, apart, crowd].filter((one) => one !== null), ...timed];
    return weightOf(found) < most ? found : null;
  }

  private addTimeObstacles(found: Obstacle[], v: number, k: number, p: number): void {
    const { n, m, maxRoute } = this.layout.problem;
    const { walker, plan } = this;
    const isLate = walker.lateMin(v) >= TRIFLE_MIN;
    if (v < 2 * n) {
      const isTooLong = v >= n && walker.rideExcessMin(v) >= TRIFLE_MIN;
      if (!isLate && !isTooLong) return;
      const [r, end] = [v < n ? v : v - n, v < n ? ("pickup" as const) : ("dropoff" as const)];
      const ref = this.layout.trips[r]?.ref ?? "";
      const byS = toS(walker.lateMin(v));
      if (isLate) found.push(r === p ? { code: "own_window", end, byS } : { code: "other_window", ref, end, byS });
      const rideS = isTooLong ? toS(walker.rideExcessMin(v)) : 0;
      if (isTooLong) found.push(r === p ? { code: "own_ride", byS: rideS } : { code: "other_ride", ref, byS: rideS });
    } else if (v >= 2 * (n + m)) {
      if (isLate) found.push({ code: "break", byS: toS(walker.lateMin(v)) });
    } else if (v === plan.endOf(k)) {
      if (isLate) found.push({ code: "shift_end", byS: toS(walker.lateMin(v)) });
      const overS = toS(walker.routeExcessMin(plan.startOf(k), v, maxRoute[k] as number));
      if (overS > 0) found.push({ code: "route_limit", byS: overS });
    }
  }

  /** What a changed route drives more, in seconds and metres. */
  detour(before: readonly number[], after: readonly number[]): { detourS: number; detourM: number } {
    const { problem } = this.layout;
    const idle = before.length === 2 && this.plan.isIdle((before[0] as number) - 2 * problem.n);
    // Both begin and end alike: what lies between is what differs.
    let [first, last] = [0, 1];
    if (!idle) {
      while (before[first + 1] === after[first + 1] && first + 2 < before.length) first++;
      while (before.at(-last - 1) === after.at(-last - 1) && last + first + 1 < before.length) last++;
      while (problem.floating[before[first] as number] === 1) first--;
      while (problem.floating[before.at(-last) as number] === 1) last--;
    }
    const part = (route: readonly number[]) => this.length(route.slice(first, route.length - last + 1));
    const [a, b] = [idle ? { minutes: 0, metres: 0 } : part(before), part(after)];
    return { detourS: toS(b.minutes - a.minutes), detourM: Math.round(b.metres - a.metres) };
  }

  private length(route: readonly number[]): { minutes: number; metres: number } {
    const { day, input, problem } = this.layout;
    const sum = { minutes: 0, metres: 0 };
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
