import { at, type XY } from "./geometry";

/** Finds the nearest of many points within a cell's reach: for distances to rivers, freeways and rails. */
export type NearPoints = {
  distanceM: (p: XY) => number;
  nearest: (p: XY) => { index: number; distanceM: number };
};

/**
 * @param points - sampled densely enough for the distances asked
 * @param reachM - beyond this distance the answer is Infinity and index -1
 */
export function nearPoints(points: readonly XY[], reachM: number): NearPoints {
  const cells = new Map<number, number[]>();
  const key = (i: number, j: number) => (i + 20_000) * 40_000 + (j + 20_000);
  points.forEach((p, index) => {
    const k = key(Math.floor(p[0] / reachM), Math.floor(p[1] / reachM));
    const cell = cells.get(k);
    if (cell) cell.push(index);
    else cells.set(k, [index]);
  });
  const nearest = (p: XY) => {
    let best = Number.POSITIVE_INFINITY;
    let index = -1;
    const ci = Math.floor(p[0] / reachM);
    const cj = Math.floor(p[1] / reachM);
    for (let i = ci - 1; i <= ci + 1; i++)
      for (let j = cj - 1; j <= cj + 1; j++)
        for (const k of cells.get(key(i, j)) ?? []) {
          const q = at(points, k);
          const d = Math.hypot(q[0] - p[0], q[1] - p[1]);
          if (d < best) {
            best = d;
            index = k;
          }
        }
    return best <= reachM ? { index, distanceM: best } : { index: -1, distanceM: Number.POSITIVE_INFINITY };
  };
  return { nearest, distanceM: (p) => nearest(p).distanceM };
}
