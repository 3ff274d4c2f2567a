import type { LivePosition } from "./unit-on-map";

/** A unit on its way from where it was drawn to where it is. */
type Leg = { from: { lng: number; lat: number }; to: LivePosition; startMs: number; endMs: number };

const GLIDE_MS = 1000;
/** Farther than this is no drive but a correction: the mark goes there at once. About 1 km. */
const JUMP_DEG = 0.01;

/** Where moving units are drawn between two fixes. Time is an argument; nothing here reads a clock. */
export class Motion {
  private readonly legs = new Map<string, Leg>();

  /** Units that are between two places. */
  moving = (): Iterable<string> => this.legs.keys();
  isMoving = (no: string): boolean => this.legs.has(no);
  get count(): number {
    return this.legs.size;
  }

  /** Takes the newest positions and starts a glide for each unit that moved; `glides` says which may. */
  aim(
    before: ReadonlyMap<string, LivePosition>,
    next: ReadonlyMap<string, LivePosition>,
    nowMs: number,
    glides: (no: string) => boolean,
  ) {
    for (const [no, to] of next) {
      const was = before.get(no);
      if (!was || (was.lng === to.lng && was.lat === to.lat)) continue;
      const from = this.at(no, was, nowMs);
      const jumps = Math.abs(from.lng - to.lng) > JUMP_DEG || Math.abs(from.lat - to.lat) > JUMP_DEG;
      if (jumps || !glides(no)) this.legs.delete(no);
      else this.legs.set(no, { from, to, startMs: nowMs, endMs: nowMs + GLIDE_MS });
    }
  }

  /** Where a unit is drawn now. Legs that are over are forgotten. */
  at(no: string, position: LivePosition, nowMs: number): { lng: number; lat: number } {
    const leg = this.legs.get(no);
    if (!leg) return position;
    if (nowMs >= leg.endMs) {
      this.legs.delete(no);
      return leg.to;
    }
    const share = Math.max(0, (nowMs - leg.startMs) / (leg.endMs - leg.startMs));
    return {
      lng: leg.from.lng + (leg.to.lng - leg.from.lng) * share,
      lat: leg.from.lat + (leg.to.lat - leg.from.lat) * share,
    };
  }

  /** Lets every unit be where it is, as when the view changes. */
  settle() {
    this.legs.clear();
  }
}
