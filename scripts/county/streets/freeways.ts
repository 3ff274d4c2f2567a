import { at, crossing, curve, directionAt, dist, type Line, lerp, offset, splitBy, type XY } from "../geometry";
import type { Land } from "../land";
import { type Street, street } from "./street";

/** Half the distance between the two carriageways, metres. */
const HALF_MEDIAN_M = 13;

export type Carriageway = { freeway: string; line: Line };
export type Freeway = { ref: string; name: string; centre: Line; carriageways: Carriageway[] };

type Course = { ref: string; name: string; endsAtShore: "none" | "end" | "both"; through: readonly XY[] };
const COURSES: readonly Course[] = [
  {
    ref: "I-87",
    name: "Interstate 87",
    endsAtShore: "none",
    through: [
      [2200, -64_000],
      [3000, -50_000],
      [4600, -38_000],
      [3100, -27_000],
      [3900, -18_000],
      [1500, -12_500],
      [1900, -8000],
      [-600, -4700],
      [-1900, -2300],
      [-1850, 200],
      [-2400, 1900],
      [-2200, 4400],
      [-700, 8200],
      [-1500, 13_500],
      [600, 19_000],
      [-300, 27_000],
      [-1500, 40_000],
      [-500, 64_000],
    ],
  },
  {
    ref: "US-24",
    name: "Arden Expressway",
    endsAtShore: "end",
    through: [
      [-64_000, 7500],
      [-50_000, 6800],
      [-36_000, 4700],
      [-26_000, 5900],
      [-18_000, 5600],
      [-13_000, 4200],
      [-8600, 4600],
      [-5000, 3300],
      [-2250, 2900],
      [600, 2700],
      [3600, 3400],
      [6600, 3200],
      [9200, 3900],
      [12_000, 4300],
      [19_000, 4400],
    ],
  },
  {
    ref: "I-287",
    name: "Interstate 287",
    endsAtShore: "both",
    through: [
      [19_500, 8300],
      [13_500, 8700],
      [9500, 7900],
      [6000, 7900],
      [2600, 8500],
      [-700, 8800],
      [-5000, 8400],
      [-8300, 6900],
      [-9700, 4400],
      [-10_100, 1000],
      [-9600, -3000],
      [-8200, -6500],
      [-5200, -8900],
      [-1500, -9800],
      [2000, -9500],
      [6000, -9300],
      [9500, -8600],
      [13_500, -8700],
      [19_500, -8600],
    ],
  },
];

function trim(course: Course, land: Land, shoreRoad: readonly Line[]): Line | null {
  const { outerM } = land.extent;
  const within = (p: XY) => Math.abs(p[0]) < outerM && Math.abs(p[1]) < outerM;
  const parts = splitBy(curve(course.through, 45), within).filter((part) => part.state);
  const longest = parts.toSorted((a, b) => b.points.length - a.points.length)[0];
  if (!longest) return null;
  let line = longest.points;
  if (course.endsAtShore !== "none") line = cutAt(line, shoreRoad);
  if (course.endsAtShore === "both") line = cutAt(line.toReversed(), shoreRoad).toReversed();
  return line;
}

/** The line up to its last crossing with any of the others. */
function cutAt(line: Line, others: readonly Line[]): Line {
  for (let i = Math.floor(line.length / 2); i < line.length - 1; i++) {
    const [a, b] = [at(line, i), at(line, i + 1)];
    for (const other of others)
      for (let k = 1; k < other.length; k++) {
        const hit = crossing(a, b, at(other, k - 1), at(other, k));
        if (hit) return [...line.slice(0, i + 1), lerp(a, b, hit.t)];
      }
  }
  return line;
}

/** The freeways of the county, cut to its extent; some end at the shore road. */
export function planFreeways(land: Land, shoreRoad: readonly Line[]): Freeway[] {
  return COURSES.flatMap((course): Freeway[] => {
    const centre = trim(course, land, shoreRoad);
    if (!centre || centre.length < 20) return [];
    const taper = (i: number) => Math.min(1, i / 6, (centre.length - 1 - i) / 6) * HALF_MEDIAN_M;
    const right = offset(centre, (i) => -taper(i));
    const left = offset(centre, taper).toReversed();
    const carriageways = [right, left].map((line) => ({ freeway: course.ref, line }));
    return [{ ref: course.ref, name: course.name, centre, carriageways }];
  });
}

/** The carriageways as one-way streets. */
export const freewayStreets = (freeways: readonly Freeway[], land: Land): Street[] =>
  freeways.flatMap((f) =>
    f.carriageways.flatMap(({ line }) =>
      splitBy(line, (p) => land.inRiver(p, 25)).map((part) =>
        street(part.points, {
          name: f.name,
          ref: f.ref,
          cls: "motorway",
          oneway: true,
          bridge: part.state,
          layer: "freeway",
          ends: [
            at(part.points, 0) === at(line, 0) ? "ground" : "freeway",
            at(part.points, -1) === at(line, -1) ? "ground" : "freeway",
          ],
        }),
      ),
    ),
  );

/** Where a line crosses another: the point, and metres along each. */
export function crossings(
  a: readonly XY[],
  b: readonly XY[],
): { point: XY; alongA: number; alongB: number; a: XY; b: XY }[] {
  const out: { point: XY; alongA: number; alongB: number; a: XY; b: XY }[] = [];
  const box = bounds(b);
  let sumA = 0;
  for (let i = 1; i < a.length; i++) {
    const [p, q] = [at(a, i - 1), at(a, i)];
    const d = dist(p, q);
    const near = p[0] > box[0] - 100 && p[0] < box[2] + 100 && p[1] > box[1] - 100 && p[1] < box[3] + 100;
    let sumB = 0;
    for (let k = 1; near && k < b.length; k++) {
      const [r, s] = [at(b, k - 1), at(b, k)];
      const hit = crossing(p, q, r, s);
      const e = dist(r, s);
      if (hit)
        out.push({
          point: lerp(p, q, hit.t),
          alongA: sumA + d * hit.t,
          alongB: sumB + e * hit.s,
          a: directionAt(a, i),
          b: directionAt(b, k),
        });
      sumB += e;
    }
    sumA += d;
  }
  return out;
}

const bounds = (line: readonly XY[]): [number, number, number, number] =>
  line.reduce<[number, number, number, number]>(
    (box, [x, y]) => [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
