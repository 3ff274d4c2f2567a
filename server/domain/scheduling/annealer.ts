import type { Routes } from "./cross-plans";
import { exchangeTails } from "./exchange";
import { InsertionCache } from "./insertion-cache";
import { Plan } from "./plan";
import type { Problem } from "./problem";
import type { Random } from "./random";
import { firstPlan, RECREATES, type Recreate } from "./recreate";
import type { RouteLog } from "./route-log";
import { RouteMemory } from "./route-memory";
import { type Ruin, ruinsFor } from "./ruin";

/** Share of the iterations in which two routes exchange their rests; in half of them nothing else is changed. */
const EXCHANGES = 0.1;
/** Routes are logged of plans that cost at most this much, as a multiple of the best since the last beginning. */
const NEAR = 1.01;
/** And at most this much, as a multiple of the best of all. */
const FAR = 1.04;
/** Mean number of requests removed per iteration. */
const REMOVED = 6;

/** Picks one of several in proportion to their shares. */
function drawer<T>(options: readonly (T & { share: number })[]): (random: Random) => T {
  const total = options.reduce((sum, option) => sum + option.share, 0);
  return (random) => {
    let left = random.next() * total;
    for (const option of options) {
      left -= option.share;
      if (left < 0) return option;
    }
    return options[options.length - 1] as T;
  };
}

/**
 * Changes a plan step by step: ruins a part of it, puts it back another way, and keeps the result by simulated annealing.
 * The caller sets the heat and says when to begin anew.
 */
export class Annealer {
  /** The best plan so far, over all beginnings; complete and feasible for all requests that it serves. */
  readonly best: Plan;
  /** The best plan since the last beginning. */
  readonly local: Plan;
  iterations = 0;
  /** Temperature as a share of the mean cost of serving one request. */
  heat = 0;
  private readonly current: Plan;
  private readonly trial: Plan;
  private readonly cache: InsertionCache;
  private readonly ruin: (random: Random) => { ruin: Ruin };
  private readonly recreate = drawer<{ recreate: Recreate }>(RECREATES);
  private currentObjective = Number.POSITIVE_INFINITY;
  private localObjective = Number.POSITIVE_INFINITY;
  private bestObjective = Number.POSITIVE_INFINITY;

  constructor(
    readonly problem: Problem,
    private readonly random: Random,
    private readonly log: RouteLog | null = null,
  ) {
    this.best = new Plan(problem);
    this.local = new Plan(problem);
    this.current = new Plan(problem);
    this.trial = new Plan(problem, new RouteMemory(problem));
    this.cache = new InsertionCache(this.trial, this.current);
    this.ruin = drawer(ruinsFor(this.trial));
    this.begin([]);
  }

  /** Runs some iterations. */
  run(count: number): void {
    for (let i = 0; i < count; i++) this.step();
  }

  /**
   * Begins anew from a plan, given as nodes by vehicle; of a route that breaks a rule nothing is taken over. What no
   * route serves is put in where it costs least.
   */
  begin(routes: Routes): void {
    this.load(routes);
    this.current.copyFrom(this.trial);
    this.currentObjective = this.trial.objective;
    this.localObjective = Number.POSITIVE_INFINITY;
    this.keepBest(this.currentObjective);
  }

  /** Keeps a plan if it is the best, without going on from it. @returns what it costs */
  consider(routes: Routes): number {
    this.load(routes);
    const { objective } = this.trial;
    this.keepBestOfAll(objective);
    this.trial.copyFrom(this.current);
    return objective;
  }

  private load(routes: Routes): void {
    const { trial } = this;
    for (let k = 0; k < this.problem.m; k++) trial.remove(trial.requestsOf(k));
    for (let k = 0; k < this.problem.m; k++) {
      const nodes = routes[k] ?? [];
      if (nodes.length === 0 || !trial.setRoute(k, nodes)) trial.putOwedBack(k);
    }
    firstPlan(trial, this.cache, this.random, Number.POSITIVE_INFINITY);
  }

  private keepBest(objective: number): void {
    if (objective >= this.localObjective - 1e-9) return;
    this.local.copyFrom(this.trial);
    this.localObjective = objective;
    this.keepBestOfAll(objective);
  }

  private keepBestOfAll(objective: number): void {
    if (objective >= this.bestObjective - 1e-9) return;
    this.best.copyFrom(this.trial);
    this.bestObjective = objective;
  }

  /** Lets two routes exchange their rests. @returns whether it could be done */
  private exchange(temperature: number): boolean {
    const { trial, current, random, problem } = this;
    const k = trial.routeOf[random.int(problem.n)] as number;
    const l = random.int(problem.m);
    if (k < 0) return false;
    if (exchangeTails(trial, k, l, temperature, random)) return true;
    trial.copyFrom(current);
    return false;
  }

  /** Takes some requests out and puts them back another way. */
  private rebuild(usable: number, ceiling: number): void {
    const { trial, random } = this;
    const most = Math.max(1, Math.min(usable, 2 * REMOVED - 1, Math.ceil(0.4 * usable)));
    trial.remove(this.ruin(random).ruin(trial, random, 1 + random.int(most)));
    this.recreate(random).recreate(trial, this.cache, random, ceiling);
  }

  private logChanges(log: RouteLog): void {
    const { trial, current } = this;
    for (let k = 0; k < this.problem.m; k++) if (trial.version[k] !== current.version[k]) log.note(trial, k);
  }

  private step(): void {
    const { trial, current, random, problem } = this;
    this.iterations += 1;
    const usable = problem.n - problem.impossible.size;
    if (usable === 0) return;
    const scale = this.best.distance / Math.max(1, usable);
    const temperature = scale * this.heat;
    const ceiling = this.currentObjective - temperature * Math.log(random.next());
    const change = random.next();
    if (change >= EXCHANGES || this.exchange(temperature)) {
      if (change >= EXCHANGES / 2) this.rebuild(usable, ceiling);
    }
    const objective = trial.objective;
    if (objective < ceiling) {
      if (this.log && objective <= Math.min(NEAR * this.localObjective, FAR * this.bestObjective))
        this.logChanges(this.log);
      current.copyFrom(trial);
      this.currentObjective = objective;
      this.keepBest(objective);
    } else trial.copyFrom(current);
  }
}
