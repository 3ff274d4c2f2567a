import "server-only";
import { LRUCache } from "lru-cache";
import { detectJump, type JumpState, type Neighbours, type Sighting } from "@/server/domain/gps/detect-jumps";

/** Where stored fixes come from. */
export type SightingStore = {
  anchor: (deviceId: string, vehicleId: string, before: Date) => Promise<Sighting | null>;
  neighbours: (deviceId: string, vehicleId: string, moments: Date[]) => Promise<Neighbours[]>;
};

export type Verdict = { jump: boolean; late: boolean };

/**
 * Judges the fixes of one device for one vehicle by their neighbours in time. Each source has a history of its own: a
 * crew phone left at home must not turn the vehicle's own fixes into jumps.
 */
export class JumpWatch {
  readonly #states = new LRUCache<string, JumpState>({ max: 50_000 });

  constructor(private readonly store: SightingStore) {}

  /**
   * @param fixes - in order of time
   * @returns for each whether it is an impossible jump, and whether it came after a newer one was believed
   */
  async judge(
    source: { deviceId: string; vehicleId: string },
    fixes: readonly Sighting[],
    now: Date,
  ): Promise<Verdict[]> {
    const key = `${source.deviceId} ${source.vehicleId}`;
    const loaded = this.#states.get(key) ?? {
      anchor: await this.store.anchor(source.deviceId, source.vehicleId, now),
      run: [],
    };
    const anchor = (this.#states.get(key) ?? loaded).anchor;
    const late = anchor ? fixes.filter((fix) => fix.takenAt < anchor.takenAt) : [];
    const around = late.length > 0 ? await this.#neighbours(source, late) : [];
    const lateJumps = judgeLate(anchor, late, around);
    // Read again: another request of this device may have been judged while this one waited.
    let state = this.#states.get(key) ?? loaded;
    const onTime = fixes.slice(late.length).map((fix) => {
      const judged = detectJump(state, fix);
      state = judged.state;
      return judged.jump;
    });
    this.#states.set(key, state);
    return [...lateJumps.map((jump) => ({ jump, late: true })), ...onTime.map((jump) => ({ jump, late: false }))];
  }

  #neighbours(source: { deviceId: string; vehicleId: string }, late: Sighting[]): Promise<Neighbours[]> {
    return this.store.neighbours(
      source.deviceId,
      source.vehicleId,
      late.map((fix) => fix.takenAt),
    );
  }
}

/** Late fixes stand between stored ones; a believed one becomes the neighbour before the next. */
function judgeLate(anchor: Sighting | null, late: Sighting[], around: Neighbours[]): boolean[] {
  let state: JumpState = { anchor: null, run: [] };
  return late.map((fix, i) => {
    const stored = around[i];
    const before = laterOf(stored?.before ?? null, state.anchor);
    const judged = detectJump(state, fix, { before, after: stored?.after ?? anchor });
    state = judged.state;
    return judged.jump;
  });
}

const laterOf = (a: Sighting | null, b: Sighting | null) => (!a ? b : !b ? a : a.takenAt >= b.takenAt ? a : b);
