import { AppError } from "@/server/errors";

/** Fresh work is taken before backlog. */
export type Lane = "fresh" | "backlog";

type Waiting<In, Out> = { input: In; size: number; resolve: (out: Out) => void; reject: (error: unknown) => void };

export type GroupCommitOptions<In, Out> = {
  /** Writes a batch in one go; answers in its order. */
  write: (batch: In[]) => Promise<Out[]>;
  /** How many batches may be on their way at once. */
  writers: number;
  /** Units (fixes) in a batch; a single bigger piece goes alone. */
  maxBatch: number;
  /** Units that may wait; more is refused with 503. */
  maxWaiting: number;
  /**
   * Batches begin as many milliseconds apart as the last one took, within these bounds, unless a full one waits: what a
   * batch costs by itself is shared by more pieces, and by the more the longer it takes. The first after a quiet while goes
   * at once.
   */
  gapMs?: { least: number; most: number };
  onWaiting?: (units: number) => void;
};

/** A batch is whatever arrived while the previous one was being written, or within the gap: no waiting when idle. */
export class GroupCommit<In, Out> {
  readonly #options: GroupCommitOptions<In, Out>;
  readonly #lanes: Record<Lane, Waiting<In, Out>[]> = { fresh: [], backlog: [] };
  readonly #onIdle: (() => void)[] = [];
  #waiting = 0;
  #writing = 0;
  #begunAtMs = Number.NEGATIVE_INFINITY;
  #isGapTimed = false;
  /** What the last batch took. */
  #tookMs = 0;

  constructor(options: GroupCommitOptions<In, Out>) {
    this.#options = options;
  }

  /**
   * @param size - units the piece counts for
   * @throws AppError unavailable when too much waits already
   */
  submit(input: In, size = 1, lane: Lane = "fresh"): Promise<Out> {
    if (this.#waiting > 0 && this.#waiting + size > this.#options.maxWaiting) {
      return Promise.reject(new AppError("unavailable", "too much is waiting to be stored", [], 2));
    }
    return new Promise<Out>((resolve, reject) => {
      this.#lanes[lane].push({ input, size, resolve, reject });
      this.#wait(size);
      this.#pump();
    });
  }

  /** Resolves when nothing waits and nothing is being written: before a process leaves. */
  async settle(): Promise<void> {
    if (this.#waiting > 0 || this.#writing > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  #wait(units: number): void {
    this.#waiting += units;
    this.#options.onWaiting?.(this.#waiting);
  }

  #pump(): void {
    while (this.#waiting > 0 && this.#writing < this.#options.writers) {
      if (this.#isTooSoon()) return;
      const batch = this.#take();
      this.#writing += 1;
      void this.#run(batch);
    }
  }

  /** Whether the gap is not over, in which case a timer is set for its end. */
  #isTooSoon(): boolean {
    const { gapMs, maxBatch } = this.#options;
    if (!gapMs) return false;
    const nowMs = performance.now();
    const leftMs = this.#begunAtMs + Math.min(Math.max(this.#tookMs, gapMs.least), gapMs.most) - nowMs;
    if (leftMs <= 0 || this.#waiting >= maxBatch) {
      this.#begunAtMs = nowMs;
      return false;
    }
    if (!this.#isGapTimed) {
      this.#isGapTimed = true;
      setTimeout(() => {
        this.#isGapTimed = false;
        this.#pump();
      }, Math.ceil(leftMs));
    }
    return true;
  }

  #take(): Waiting<In, Out>[] {
    const batch: Waiting<In, Out>[] = [];
    let units = 0;
    for (const lane of [this.#lanes.fresh, this.#lanes.backlog]) {
      let taken = 0;
      for (const piece of lane) {
        if (batch.length > 0 && units + piece.size > this.#options.maxBatch) break;
        batch.push(piece);
        units += piece.size;
        taken += 1;
      }
      lane.splice(0, taken);
      if (lane.length > 0) break;
    }
    if (units > 0) this.#wait(-units);
    return batch;
  }

  async #run(batch: Waiting<In, Out>[]): Promise<void> {
    const begunMs = performance.now();
    try {
      const results = await this.#options.write(batch.map((piece) => piece.input));
      if (results.length !== batch.length) throw new Error("a batch must be answered piece by piece");
      batch.forEach((piece, i) => piece.resolve(results[i] as Out));
    } catch (error) {
      for (const piece of batch) piece.reject(error);
    } finally {
      this.#tookMs = performance.now() - begunMs;
      this.#writing -= 1;
      this.#pump();
      if (this.#writing === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
    }
  }
}
