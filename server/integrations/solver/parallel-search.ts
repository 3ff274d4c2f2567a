import { Worker } from "node:worker_threads";
import { isCombinable } from "@/server/domain/scheduling/combinable";
import type { Problem } from "@/server/domain/scheduling/problem";
import type { CombineTask, Found, FromCombine, FromSearch, SearchTask, ToCombine, ToSearch } from "./messages";
import { threadEntry } from "./thread-entry";

/** When threads that lag go on from the best plan, as shares of the time. */
const MEETINGS = [0.55, 0.7, 0.8, 0.88, 0.94, 0.98];
/** How long a thread may take to end once it is told to, or its time is up. */
const GRACE_MS = 700;

type Options = {
  problem: Problem;
  seed: number;
  /** Routes to go on from, by vehicle. */
  start?: number[][];
  threads: number;
  startedAt: number;
  endsAt: number;
  /** Told of every plan that is better than all before. */
  onBetter: (found: Found) => void;
  /** Told when the thread that combines routes fails; the searches go on without it. */
  onFault: (fault: unknown) => void;
  /** The file that threads run, if it is not the one of `threadEntry`. */
  entry?: string;
};

/** A search on several threads, each with a seed of its own; from time to time all go on from the best plan. */
export class ParallelSearch {
  /** The best plan of all threads so far; null until the first is told. */
  best: Found | null = null;
  private readonly workers: Worker[];
  private readonly combiner: Worker | null;
  private readonly iterationsOf: number[];
  private readonly objectiveOf: number[];

  constructor(private readonly options: Options) {
    const { problem, seed, start, threads, startedAt, endsAt, entry = threadEntry() } = options;
    const combine = threads > 1 && isCombinable(problem);
    this.iterationsOf = Array.from({ length: threads }, () => 0);
    this.objectiveOf = Array.from({ length: threads }, () => Number.POSITIVE_INFINITY);
    this.workers = this.iterationsOf.map((_, at) => {
      const task: SearchTask = {
        kind: "search",
        problem,
        seed: seed + 7919 * at,
        start,
        logged: combine,
        startedAt,
        endsAt,
      };
      return new Worker(entry, { workerData: task });
    });
    const task: CombineTask = { kind: "combine", problem, startedAt, endsAt };
    this.combiner = combine ? new Worker(entry, { workerData: task }) : null;
    this.combiner?.on("message", ({ found }: FromCombine) => this.combined(found));
    this.combiner?.on("error", (fault) => options.onFault(fault));
  }

  get iterations(): number {
    return this.iterationsOf.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Waits for the end of the search.
   * @throws the error of a thread that failed before it had a plan
   */
  async end(stop: AbortSignal): Promise<void> {
    const { startedAt, endsAt } = this.options;
    const meetings = MEETINGS.map((share) =>
      setTimeout(() => this.meet(), startedAt + share * (endsAt - startedAt) - Date.now()),
    );
    const halt = () => this.tellAll({ kind: "stop" });
    stop.addEventListener("abort", halt);
    if (stop.aborted) halt();
    const ended = Promise.allSettled(this.workers.map((worker, at) => this.listen(worker, at)));
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, endsAt + GRACE_MS - Date.now());
      stop.addEventListener("abort", () => setTimeout(resolve, GRACE_MS).unref());
      timer.unref();
    });
    const results = await Promise.race([ended, late]);
    for (const timer of meetings) clearTimeout(timer);
    stop.removeEventListener("abort", halt);
    await Promise.all([...this.workers, ...(this.combiner ? [this.combiner] : [])].map((worker) => worker.terminate()));
    const failure = results?.find((result) => result.status === "rejected");
    if (this.best === null && failure) throw failure.reason;
  }

  private listen(worker: Worker, at: number): Promise<void> {
    return new Promise((resolve, reject) => {
      worker.once("error", reject);
      worker.once("exit", () => resolve());
      worker.on("message", (message: FromSearch) => {
        if (message.kind === "routes") {
          this.combiner?.postMessage(message satisfies ToCombine, [message.routes.buffer as ArrayBuffer]);
          return;
        }
        this.iterationsOf[at] = message.iterations;
        this.objectiveOf[at] = message.found.objective;
        if (this.best === null || message.found.objective < this.best.objective) {
          this.best = message.found;
          this.options.onBetter(message.found);
          this.combiner?.postMessage({ kind: "best", found: message.found } satisfies ToCombine);
        }
        if (message.kind === "ended") resolve();
      });
    });
  }

  private combined(found: Found): void {
    if (this.best !== null && found.objective >= this.best.objective) return;
    this.best = found;
    this.options.onBetter(found);
    this.tellAll({ kind: "adopt", found });
  }

  /** Threads whose best plan is worse go on from the best of all. */
  private meet(): void {
    const { best } = this;
    if (best === null) return;
    this.workers.forEach((worker, at) => {
      const objective = this.objectiveOf[at] ?? Number.POSITIVE_INFINITY;
      if (objective > best.objective + 1e-9) worker.postMessage({ kind: "adopt", found: best } satisfies ToSearch);
    });
  }

  private tellAll(message: ToSearch): void {
    for (const worker of this.workers) worker.postMessage(message);
  }
}
