import { curve, type Line, splitBy, type XY } from "../geometry";
import type { Land } from "../land";

const THROUGH: readonly XY[] = [
  [-64_000, -14_000],
  [-40_000, -11_500],
  [-24_000, -8600],
  [-12_200, -6400],
  [-4600, -3900],
  [-1800, -3300],
  [2500, -3700],
  [7600, -6100],
  [9000, -12_000],
  [7600, -22_000],
  [9000, -40_000],
  [8000, -64_000],
];

/** The railway: not part of the road graph, but yards and factories follow it. */
export const planRail = (land: Land): Line[] =>
  splitBy(
    curve(THROUGH, 70),
    (p) => Math.abs(p[0]) < land.extent.outerM && Math.abs(p[1]) < land.extent.outerM && !land.inLake(p, 60),
  )
    .filter((part) => part.state)
    .map((part) => part.points);
