import { exchangeTails } from "./exchange";
import { InsertionCache } from "./insertion-cache";
import { Plan } from "./plan";
import type { Problem } from "./problem";
import { type Random, seededRandom } from "./random";
import { firstPlan, RECREATES, type Recreate } from "./recreate";
import type { RouteLog } from "./route-log";
import { RouteMemory } from "./route-memory";
import { type Ruin, ruinsFor } from "./ruin";

/** Temperature at the beginning and end, as a share of the mean cost of serving one request. */
const HOT = 0.6;
const COLD = 0.05;
/** Share of the iterations in which two routes exchange their rests; in half of them nothing else is changed. */
const EXCHANGES = 0.1;
/** Routes are logged of plans that cost at most this much, as a multiple of the best. */
const NEAR = 1.01;
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
 * Anytime search for a plan: ruins a part of the plan, puts it back another way, and keeps the result by simulated
 * annealing. The caller owns the clock: it asks for iterations and says how much of the time is spent.
 */
export class Search {
  /** The best plan so far; complete and feasible for all requests that it serves. */
  readonly best: Plan;
  iterations = 0;
  /** How much of the search is over, 0 to 1: sets the temperature. */
  progress = 0;
  private readonly current: Plan;
  private readonly trial: Plan;
  private readonly cache: InsertionCache;
  private readonly random: Random;
  private readonly ruin: (random: Random) => { ruin: Ruin };
  private readonly recreate = drawer<{ recreate: Recreate }>(RECREATES);
  private currentObjective: number;
  private bestObjective: number;

  constructor(
    readonly problem: Problem,
    seed: number,
    private readonly log: RouteLog | null = null,
  ) {
    this.random = seededRandom(seed);
    this.best = new Plan(problem);
    this.current = new Plan(problem);
    this.trial = new Plan(problem, new RouteMemory(problem));
    this.cache = new InsertionCache(this.trial, this.current);
    firstPlan(this.trial, this.cache, this.random, Number.POSITIVE_INFINITY);
    this.current.copyFrom(this.trial);
    this.best.copyFrom(this.trial);
    this.currentObjective = this.trial.objective;
    this.bestObjective = this.currentObjective;
    this.ruin = drawer(ruinsFor(this.trial));
  }

  /** Runs some iterations. */
  run(count: number): void {
    for (let i = 0; i < count; i++) this.step();
  }

  /** Goes on from another plan, given as nodes by vehicle; of a route that breaks a rule nothing is taken over. */
  adopt(routes: readonly (readonly number[])[]): void {
    const { trial } = this;
    trial.remove(routes.flatMap((_, k) => trial.requestsOf(k)));
    routes.forEach((nodes, k) => {
      if (nodes.length > 0) trial.setRoute(k, nodes);
    });
    this.current.copyFrom(trial);
    this.currentObjective = trial.objective;
    this.keepBest(trial.objective);
  }

  private keepBest(objective: number): void {
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
    const temperature = scale * HOT * (COLD / HOT) ** this.progress;
    const ceiling = this.currentObjective - temperature * Math.log(random.next());
    const change = random.next();
    if (change >= EXCHANGES || this.exchange(temperature)) {
      if (change >= EXCHANGES / 2) this.rebuild(usable, ceiling);
    }
    const objective = trial.objective;
    if (objective < ceiling) {
      if (this.log && objective <= NEAR * this.bestObjective) this.logChanges(this.log);
      current.copyFrom(trial);
      this.currentObjective = objective;
      this.keepBest(objective);
    } else trial.copyFrom(current);
  }
}
