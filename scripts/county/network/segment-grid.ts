import { at, nearestOnSegment, type XY } from "../geometry";
import type { Street } from "../streets/street";

const GRID_M = 120;

/** One straight piece of a street: between its vertices `index` and `index + 1`. */
export type Segment = { street: number; index: number; a: XY; b: XY };

/** Looks up street segments by place. */
export class SegmentGrid {
  readonly cells = new Map<number, Segment[]>();

  constructor(streets: readonly Street[], include: (s: Street) => boolean) {
    streets.forEach((s, street) => {
      if (!include(s)) return;
      for (let index = 0; index + 1 < s.points.length; index++) {
        const segment = { street, index, a: at(s.points, index), b: at(s.points, index + 1) };
        for (const key of keysOf(segment.a, segment.b)) {
          const cell = this.cells.get(key);
          if (cell) cell.push(segment);
          else this.cells.set(key, [segment]);
        }
      }
    });
  }

  /** The nearest segment within `withinM` metres that `accept` takes. */
  nearest(
    p: XY,
    withinM: number,
    accept: (s: Segment) => boolean,
  ): { segment: Segment; t: number; distanceM: number } | null {
    let best: { segment: Segment; t: number; distanceM: number } | null = null;
    for (const key of keysOf([p[0] - withinM, p[1] - withinM], [p[0] + withinM, p[1] + withinM]))
      for (const segment of this.cells.get(key) ?? []) {
        const { t, distanceM } = nearestOnSegment(p, segment.a, segment.b);
        if (distanceM <= withinM && distanceM < (best?.distanceM ?? Infinity) && accept(segment))
          best = { segment, t, distanceM };
      }
    return best;
  }
}

const cellKey = (i: number, j: number) => (i + 10_000) * 20_000 + j + 10_000;
export const cellOf = (p: XY): number => cellKey(Math.floor(p[0] / GRID_M), Math.floor(p[1] / GRID_M));

function keysOf(a: XY, b: XY): number[] {
  const keys: number[] = [];
  const [i0, i1] = [Math.floor(Math.min(a[0], b[0]) / GRID_M), Math.floor(Math.max(a[0], b[0]) / GRID_M)];
  const [j0, j1] = [Math.floor(Math.min(a[1], b[1]) / GRID_M), Math.floor(Math.max(a[1], b[1]) / GRID_M)];
  for (let i = i0; i <= i1; i++) for (let j = j0; j <= j1; j++) keys.push(cellKey(i, j));
  return keys;
}
