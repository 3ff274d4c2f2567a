import { along, at, lengthOf } from "./geometry";
import type { Stretch } from "./network/node-streets";
import { METRES_PER_NUMBER, type Street } from "./streets/street";

/** The numbers of a stretch: `first` at its start and `last` at its end, before odd and even are told apart. */
export type HouseNumbers = { first: number; last: number; lengthM: number };

const between = (n: HouseNumbers, m: number) => n.first + ((n.last - n.first) * m) / n.lengthM;

/** The number at `m` metres: even on the left of the direction in which numbers grow, odd on its right. */
function numberAt(n: HouseNumbers, m: number, side: 1 | -1): number {
  const even = n.last >= n.first === (side === 1);
  return 2 * Math.floor(between(n, m) / 2) + (even ? 0 : 1);
}

/** First and last number of each side, for interpolation; zeros where a stretch has none. */
function ranges(n: HouseNumbers | undefined): [number, number, number, number] {
  if (!n) return [0, 0, 0, 0];
  return [numberAt(n, 0, 1), numberAt(n, n.lengthM, 1), numberAt(n, 0, -1), numberAt(n, n.lengthM, -1)];
}

/** Numbers every stretch of the plan; streets without numbering stay undefined. Stretches of a street come in its order. */
function assign(stretches: readonly Stretch[], streets: readonly Street[]): (HouseNumbers | undefined)[] {
  const runM = new Map<number, number>();
  return stretches.map((stretch) => {
    const { numbering } = at(streets, stretch.street);
    if (!numbering) return undefined;
    const lengthM = Math.max(1, lengthOf(stretch.points));
    if ("from" in numbering) {
      const start = runM.get(stretch.street) ?? 0;
      runM.set(stretch.street, start + lengthM);
      const number = (m: number) => numbering.from + m / METRES_PER_NUMBER;
      return { first: number(start), last: number(start + lengthM), lengthM };
    }
    const number = (m: number) => 100 + numbering.metresAt(along(stretch.points, m).point) / METRES_PER_NUMBER;
    return { first: number(0), last: number(lengthM), lengthM };
  });
}

export const houseNumbers = { assign, at: numberAt, ranges };
