import "server-only";
import { LRUCache } from "lru-cache";
import type { LateFix, Source, Surroundings } from "@/db/queries/ingest-lookups";
import { detectJump, type JumpState, type Sighting } from "@/server/domain/gps/detect-jumps";
import { GroupCommit } from "./group-commit";

/** Where stored fixes come from; both answer in the order asked. */
export type SightingStore = {
  anchors: (wanted: (Source & { before: Date })[]) => Promise<(Sighting | null)[]>;
  surroundings: (late: LateFix[]) => Promise<Surroundings[]>;
};

const MAX_BATCH = 2_000;
const MAX_WAITING = 100_000;

/**
 * Judges the fixes of one device for one vehicle by their neighbours in time. Each source has a history of its own: a
 * crew phone left at home must not turn the vehicle's own fixes into jumps. What many requests look up at once is asked
 * in one query.
 */
export class JumpWatch {
  readonly #states = new LRUCache<string, JumpState>({ max: 50_000 });
  readonly #anchors: GroupCommit<Source & { before: Date }, Sighting | null>;
  readonly #surroundings: GroupCommit<LateFix[], Surroundings[]>;

  constructor(store: SightingStore) {
    const limits = { writers: 1, maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING };
    this.#anchors = new GroupCommit({ ...limits, write: store.anchors });
    this.#surroundings = new GroupCommit<LateFix[], Surroundings[]>({
      ...limits,
      write: async (asked) => {
        const all = await store.surroundings(asked.flat());
        let from = 0;
        return asked.map((late) => all.slice(from, (from += late.length)));
      },
    });
  }

  /**
   * @param fixes - in order of time
   * @param dedupeOf - what a fix that is set aside is known by
   * @returns for each whether it is an impossible jump
   */
  async judge<F extends Sighting>(
    source: Source,
    fixes: readonly F[],
    { now, dedupeOf }: { now: Date; dedupeOf: (fix: F) => string },
  ): Promise<boolean[]> {
    const key = `${source.deviceId} ${source.vehicleId}`;
    const known = this.#states.get(key);
    const loaded = known ?? { anchor: await this.#anchors.submit({ ...source, before: now }), run: [] };
    const { anchor } = known ?? this.#states.get(key) ?? loaded;
    const late = anchor ? fixes.filter((fix) => fix.takenAt < anchor.takenAt) : [];
    const asked = late.map((fix) => ({ ...source, takenAt: fix.takenAt, dedupe: dedupeOf(fix) }));
    const around = asked.length > 0 ? await this.#surroundings.submit(asked, asked.length) : [];
    const lateJumps = judgeLate(anchor, late, around);
    // Read again: another request of this device may have been judged while this one waited.
    let state = (known && asked.length === 0 ? known : this.#states.get(key)) ?? loaded;
    const jumps = fixes.slice(late.length).map((fix) => {
      const judged = detectJump(state, fix);
      state = judged.state;
      return judged.jump;
    });
    this.#states.set(key, state);
    return [...lateJumps, ...jumps];
  }
}

/**
 * Late fixes stand between stored ones; a believed one becomes the neighbour before the next. One that was set aside
 * before stays so, whatever was believed since.
 */
function judgeLate(anchor: Sighting | null, late: readonly Sighting[], around: Surroundings[]): boolean[] {
  let state: JumpState = { anchor: null, run: [] };
  return late.map((fix, i) => {
    const stored = around[i];
    if (stored?.setAside) return true;
    const before = laterOf(stored?.before ?? null, state.anchor);
    const judged = detectJump(state, fix, { before, after: stored?.after ?? anchor });
    state = judged.state;
    return judged.jump;
  });
}

const laterOf = (a: Sighting | null, b: Sighting | null) => (!a ? b : !b ? a : a.takenAt >= b.takenAt ? a : b);
