/** A place on the map in pixels of the screen. */
export type Pixel = { x: number; y: number };
/** A mark that stays drawn beside a cluster; a selected one or an emergency is pressing. */
export type MarkAt = Pixel & { pressing: boolean };

/** Half of what "47, 12 free" and half a mark take together: a mark nearer than this lies under the plate. */
const REACH: Pixel = { x: 44, y: 18 };
const STEP: Pixel = { x: 32, y: 24 };
/** Around the crowd, the nearest first: above and below are nearer than beside. */
const AROUND: readonly Pixel[] = [-2, -1, 0, 1, 2]
  .flatMap((x) => [-2, -1, 0, 1, 2].map((y) => ({ x: x * STEP.x, y: y * STEP.y })))
  .toSorted((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
/** A plate goes over any number of free units before it goes over one that is selected or an emergency. */
const PRESSING_WEIGHT = 1000;

/**
 * Where the plate of a cluster hides the least of the marks that are drawn beside it.
 * @param middle - of the crowd it counts
 * @returns the middle itself when nothing lies there
 */
export function placePlate(middle: Pixel, marks: readonly MarkAt[]): Pixel {
  const near = marks.filter(({ x, y }) => Math.abs(x - middle.x) < 150 && Math.abs(y - middle.y) < 100);
  let best = middle;
  let least = Number.POSITIVE_INFINITY;
  for (const step of AROUND) {
    const at = { x: middle.x + step.x, y: middle.y + step.y };
    const hidden = near.reduce((sum, mark) => sum + (isUnder(at, mark) ? (mark.pressing ? PRESSING_WEIGHT : 1) : 0), 0);
    if (hidden < least) [best, least] = [at, hidden];
    if (least === 0) break;
  }
  return best;
}

const isUnder = (plate: Pixel, mark: Pixel): boolean =>
  Math.abs(mark.x - plate.x) < REACH.x && Math.abs(mark.y - plate.y) < REACH.y;
