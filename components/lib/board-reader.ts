import { type BoardAsk, type BoardChanges, patchBoard } from "@/server/domain/trips/board-changes";
import type { BoardView } from "@/server/domain/trips/board-view";
import { askOf, BoardNews, type BoardNewsItem } from "./board-news";

export type BoardPorts = {
  readAll: () => Promise<BoardView>;
  readChanges: (ask: BoardAsk) => Promise<BoardChanges>;
  /** The board that is shown. */
  held: () => BoardView | undefined;
  keep: (board: BoardView) => void;
  /** Has the whole board read through `all`; ends when it is there, or was refused. */
  reread: () => Promise<unknown>;
  /** The next reads are the primary's: a replica showed less than was told. */
  askLatest: () => void;
  nowMs: () => number;
};

/** Messages of one change come together: they are waited for. */
const GATHER_MS = 20;
/** However much changes, the board is read at most this often. */
const AT_MOST_EVERY_MS = 400;
/** After an answer a console waits twice as long as it took: where the server is busy it asks less often, for more at once. */
const REST = 2;
const MOST_REST_MS = 5_000;
/** However much of it is patched, the whole is read this often, should whoever shows it not have asked (`board-clock.ts`). */
const RESYNC_MS = 40_000;
/** What failed is tried again after so long, and after up to sixteen times as long while it goes on failing. */
const RETRY_MS = 2_000;

/**
 * Keeps one board in step with what others do. A message says what changed, the server says how it is now, and the board
 * is patched with that; after a gap the whole board is read. One question is under way at a time, so that no answer
 * overtakes another.
 */
export class BoardReader {
  readonly #news = new BoardNews();
  #lane: Promise<unknown> = Promise.resolve();
  #isGap = false;
  #allAtMs = Number.NEGATIVE_INFINITY;
  #turnAtMs = Number.NEGATIVE_INFINITY;
  #restUntilMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly ports: BoardPorts) {}

  /** Something changed. */
  hear(item: BoardNewsItem): void {
    this.#news.add(item);
    this.#schedule();
  }

  /** A vehicle changed, whichever units it is. */
  hearVehicle(vehicleId: string): void {
    const held = this.ports.held();
    if (!held) this.resync();
    for (const unit of held?.units ?? [])
      if (unit.vehicleId === vehicleId) this.hear({ subject: "units", id: unit.shiftId, version: null });
  }

  /** What this console changed itself is read at once. */
  async reread(items: BoardNewsItem[]): Promise<void> {
    for (const item of items) this.#news.add(item);
    const isPatched = await this.#patch().catch(() => false);
    if (!isPatched) await this.ports.reread();
  }

  /** It is not known what changed. */
  resync(): void {
    this.#isGap = true;
    this.#schedule();
  }

  /** Whatever was told is left to the next reading of the whole board. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** How long ago the whole board was asked for, as far as it came; infinite before. */
  get ageMs(): number {
    return this.ports.nowMs() - this.#allAtMs;
  }

  /** The whole board. */
  all(): Promise<BoardView> {
    return this.#inLane(async () => {
      const told = this.#news.open();
      const startedMs = this.ports.nowMs();
      this.#isGap = false;
      try {
        const board = await this.ports.readAll();
        this.#allAtMs = startedMs;
        this.#see(told, board);
        return board;
      } catch (error) {
        this.#allAtMs = Number.NEGATIVE_INFINITY;
        throw error;
      }
    });
  }

  #schedule(notBeforeMs = 0): void {
    const dueMs = Math.max(this.#turnAtMs + AT_MOST_EVERY_MS, this.#restUntilMs, notBeforeMs);
    this.#timer ??= setTimeout(() => void this.#turn(), Math.max(GATHER_MS, dueMs - this.ports.nowMs()));
  }

  async #turn(): Promise<void> {
    const own = this.#timer;
    this.#turnAtMs = this.ports.nowMs();
    try {
      const isDue = this.#isGap || this.#turnAtMs - this.#allAtMs >= RESYNC_MS;
      if (isDue || !(await this.#patch())) await this.#readAll();
      this.#failures = 0;
    } catch {
      // Asked again a little later; who is refused again reads the board, which shows why.
      this.#isGap = ++this.#failures > 1;
    }
    const endedMs = this.ports.nowMs();
    this.#restUntilMs = endedMs + Math.min(REST * (endedMs - this.#turnAtMs), MOST_REST_MS);
    // Stopped meanwhile.
    if (this.#timer !== own) return;
    this.#timer = null;
    const waitMs = RETRY_MS * 2 ** Math.min(this.#failures - 1, 4) * (0.5 + Math.random());
    if (this.#failures > 0) this.#schedule(this.ports.nowMs() + waitMs);
    else if (this.#isGap || !this.#news.isEmpty) this.#schedule();
  }

  /** @throws Error when the board was not read: why, its query says */
  async #readAll(): Promise<void> {
    await this.ports.reread();
    if (this.#allAtMs < this.#turnAtMs) throw new Error("the board was not read");
  }

  /** @returns false when the whole board has to be read instead */
  #patch(): Promise<boolean> {
    return this.#inLane(async () => {
      const told = this.#news.open();
      const ask = askOf(told);
      if (!ask || !this.ports.held()) return false;
      if (told.length === 0) return true;
      const changes = await this.ports.readChanges(ask);
      const held = this.ports.held();
      if (!held) return false;
      const board = patchBoard(held, changes);
      this.ports.keep(board);
      this.#see(told, board);
      return true;
    });
  }

  #see(told: ReturnType<BoardNews["open"]>, board: BoardView): void {
    if (!this.#news.seen(told, board)) return;
    this.ports.askLatest();
    this.#schedule();
  }

  #inLane<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lane.then(work, work);
    this.#lane = done.catch(() => undefined);
    return done;
  }
}
