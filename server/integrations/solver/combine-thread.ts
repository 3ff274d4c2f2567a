import { setTimeout as wait } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import { assemblePlan } from "@/server/domain/scheduling/assemble-plan";
import { type Combination, combineRoutes } from "@/server/domain/scheduling/combine-routes";
import type { CoverSolver } from "@/server/domain/scheduling/cover-solver";
import { RoutePool } from "@/server/domain/scheduling/route-pool";
import { loadCoverSolver } from "./highs-cover";
import type { CombineTask, Found, FromCombine, ToCombine } from "./messages";
import { foundIn } from "./search-thread";

/** Pause after a round, as a multiple of its length: the searches need the processors too. */
const REST = 4;
const LEAST_REST_MS = 500;
/** Longest stages of a round, as a share of all the time, and in seconds. */
const STAGE_SHARE = 0.04;
const STAGE_S = 5;
/** Share of the time after which the plans are good enough to be combined. */
const FIRST = 0.2;
/** What is left before the end for a plan to be told. */
const MARGIN_MS = 100;
/** Routes that whole ones are chosen from: at first, at least, and how the number follows what the solver can prove. */
const [CHOICES, LEAST_CHOICES, MORE, FEWER] = [1500, 400, 1.6, 0.7];

/** Combines the routes of a pool, round after round. */
class Combiner {
  readonly pool: RoutePool;
  best: Found | null = null;
  private choices = CHOICES;
  /** The pool and the best plan that the last round saw. */
  private seen = { size: 0, objective: Number.POSITIVE_INFINITY, proven: false };

  constructor(
    private readonly solver: CoverSolver,
    private readonly task: CombineTask,
  ) {
    this.pool = new RoutePool(task.problem);
  }

  /** One round, of at most this time. @returns a plan better than the best, if one was found */
  round(leftMs: number): Found | null {
    const { best, pool, seen } = this;
    if (best === null || leftMs <= 0) return null;
    const incumbent = best.routes.flatMap((stops, k) =>
      stops.length > 0 ? [pool.add(k, best.routeCosts[k] ?? 0, stops)] : [],
    );
    if (seen.proven && pool.size === seen.size && best.objective === seen.objective) return null;
    const { startedAt, endsAt } = this.task;
    const stageS = Math.min(STAGE_S, (STAGE_SHARE * (endsAt - startedAt)) / 1000, leftMs / 1000);
    const limits = { relaxS: stageS, chooseS: stageS, most: this.choices, now: Date.now };
    const begun = Date.now();
    const result = combineRoutes(pool, this.solver, incumbent, best.objective, limits);
    if (result === null) return null;
    this.adapt(result, Date.now() - begun < 500 * stageS);
    this.seen = { size: pool.size, objective: best.objective, proven: result.proven && this.choices >= result.usable };
    const found = result.routes === null ? null : this.planOf(result.routes);
    if (pool.full) pool.thin(result.reduced);
    if (found === null || found.objective >= best.objective - 1e-9) return null;
    this.best = found;
    return found;
  }

  private adapt({ proven, usable }: Combination, soon: boolean): void {
    if (!proven) this.choices = Math.max(LEAST_CHOICES, Math.floor(FEWER * this.choices));
    else if (soon && usable > this.choices) this.choices = Math.ceil(MORE * this.choices);
  }

  private planOf(routes: readonly number[]): Found {
    const { pool, task } = this;
    const chosen = routes.map((c) => ({ vehicleClass: pool.vehicleClass[c] ?? -1, stops: [...pool.stopsOf(c)] }));
    return foundIn(assemblePlan(task.problem, chosen));
  }
}

/** The life of the thread that combines the routes of all searches into better plans, until its time is up. */
export async function runCombineThread(task: CombineTask, port: MessagePort): Promise<void> {
  const combiner = new Combiner(await loadCoverSolver(), task);
  port.on("message", (message: ToCombine) => {
    if (message.kind === "routes") combiner.pool.addAll(message.routes);
    else if (combiner.best === null || message.found.objective < combiner.best.objective) combiner.best = message.found;
  });
  const leftMs = () => task.endsAt - MARGIN_MS - Date.now();
  await wait(Math.max(1, task.startedAt + FIRST * (task.endsAt - task.startedAt) - Date.now()));
  while (leftMs() > 0) {
    const begun = Date.now();
    const found = combiner.round(leftMs());
    if (found) port.postMessage({ kind: "found", found } satisfies FromCombine);
    await wait(Math.max(1, Math.min(leftMs(), Math.max(LEAST_REST_MS, REST * (Date.now() - begun)))));
  }
  port.close();
}
