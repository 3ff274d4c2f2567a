import { Annealer } from "./annealer";
import { crossPlans, type Routes } from "./cross-plans";
import type { Plan } from "./plan";
import type { Problem } from "./problem";
import { type Random, seededRandom } from "./random";
import type { RouteLog } from "./route-log";

/** Heat (see `Annealer`) at a beginning from nothing, at one from a plan that was annealed already, and at the end. */
const HOT = 0.6;
const WARM = 0.15;
const COLD = 0.05;
/** Share of the search after which it is known how many iterations there will be. */
const MEASURED = 0.01;
/** Share of the search that is spent on beginnings from nothing, if it has iterations for several. */
const FRESH = 0.8;
/** Iterations that one beginning from nothing is worth, by request squared: larger days need slower annealing. */
const PER_FRESH = 60;
/** Iterations of one beginning from two plans, by request. */
const PER_CROSS = 600;
/** Most beginnings from nothing. */
const MOST_FRESH = 8;

/** A plan that some annealing ended with. */
type Elite = { routes: Routes; objective: number };

const routesOf = (plan: Plan): number[][] => Array.from({ length: plan.problem.m }, (_, k) => plan.nodesOf(k));

/**
 * Anytime search for a plan. Annealing ends in one valley of many, the better the slower it is, but with much luck: where
 * there is time, it begins several times from nothing, and then from what two of the plans found have in common. The
 * caller owns the clock: it asks for iterations and says how much of the time is spent.
 */
export class Search {
  /** How much of the search is over, 0 to 1: sets the heat. */
  progress = 0;
  private readonly annealer: Annealer;
  private readonly random: Random;
  private readonly elites: Elite[] = [];
  /** Beginnings from nothing that are planned, null until that is known, and made. */
  private planned: number | null = null;
  private made = 1;
  /** The annealing under way: from where to where, from what heat, and the elite that its plan is to replace. */
  private from = 0;
  private to = 1;
  private hot = HOT;
  private parent: Elite | null = null;

  constructor(
    readonly problem: Problem,
    seed: number,
    log: RouteLog | null = null,
  ) {
    this.random = seededRandom(seed);
    this.annealer = new Annealer(problem, this.random, log);
  }

  /** The best plan so far; complete and feasible for all requests that it serves. */
  get best(): Plan {
    return this.annealer.best;
  }

  get iterations(): number {
    return this.annealer.iterations;
  }

  /** Runs some iterations. */
  run(count: number): void {
    const { annealer } = this;
    if (this.planned === null && this.progress >= MEASURED) this.schedule();
    if (this.progress >= this.to) this.beginAgain();
    const share = (this.progress - this.from) / (this.to - this.from);
    annealer.heat = this.hot * (COLD / this.hot) ** Math.min(1, Math.max(0, share));
    annealer.run(count);
  }

  /**
   * Takes over another plan, given as nodes by vehicle: goes on from it, or keeps it for later if there are beginnings to
   * come. Of a route that breaks a rule nothing is taken over.
   */
  adopt(routes: Routes): void {
    if (this.planned === null || this.made >= this.planned) this.annealer.begin(routes);
    else this.elites.push({ routes, objective: this.annealer.consider(routes) });
  }

  private get requests(): number {
    return Math.max(1, this.problem.n - this.problem.impossible.size);
  }

  /** Iterations that the whole search has. */
  private get expected(): number {
    return this.iterations / this.progress;
  }

  private schedule(): void {
    const affordable = Math.round((FRESH * this.expected) / (PER_FRESH * this.requests ** 2));
    this.planned = Math.max(1, Math.min(MOST_FRESH, affordable));
    this.to = this.planned === 1 ? 1 : FRESH / this.planned;
  }

  /** Ends one annealing and begins the next. */
  private beginAgain(): void {
    this.keepElite();
    this.from = this.progress;
    if (this.made < (this.planned ?? 1)) {
      this.made += 1;
      this.to = this.from + (FRESH - this.from) / ((this.planned ?? 1) - this.made + 1);
      this.annealer.begin([]);
    } else this.beginFromTwo();
  }

  private keepElite(): void {
    const { parent, elites } = this;
    const { local } = this.annealer;
    const one = { routes: routesOf(local), objective: local.objective };
    if (elites.some(({ objective }) => Math.abs(objective - one.objective) < 1e-6)) return;
    if (parent === null) elites.push(one);
    else if (one.objective < parent.objective) elites[elites.indexOf(parent)] = one;
  }

  private beginFromTwo(): void {
    const { random, elites } = this;
    const length = Math.max(MEASURED, (PER_CROSS * this.requests) / this.expected);
    this.to = this.from + 1.5 * length > 1 ? 1 : this.from + length;
    this.hot = WARM;
    const at = random.int(elites.length);
    const a = elites[at] as Elite;
    const b = elites[(at + 1 + random.int(Math.max(1, elites.length - 1))) % elites.length] as Elite;
    this.parent = a;
    this.annealer.begin(a === b ? a.routes : crossPlans(this.problem, a.routes, b.routes, random));
  }
}
