import { along, at, crossing, curve, dist, type Line, lengthOf, lerp, type XY } from "../geometry";
import type { Land } from "../land";
import { type Carriageway, crossings, type Freeway } from "./freeways";
import { type Street, street } from "./street";

const RAMP_M = 430;
const SIDE_M = 58;
const LOOP_M = 130;
const OUTER_M = 780;

type Interchange = { at: XY; radiusM: number };
const ramp = (points: Line, ends: Street["ends"]): Street =>
  street(points, { name: "", cls: "motorway_link", oneway: true, layer: "ramp", ends });

/** All four quadrants of a cloverleaf: an outer ramp for each right turn, a loop for each left turn. */
function cloverleaf(a: Carriageway, b: Carriageway): Street[] {
  return crossings(a.line, b.line).flatMap((x) => {
    const [u, v] = [x.a, x.b];
    const turnsLeft = u[0] * v[1] - u[1] * v[0] > 0;
    if (!turnsLeft) {
      const start = along(a.line, x.alongA - OUTER_M).point;
      const end = along(b.line, x.alongB + OUTER_M).point;
      const c1 = along(a.line, x.alongA - OUTER_M * 0.5).point;
      const c2 = along(b.line, x.alongB + OUTER_M * 0.5).point;
      return [ramp(bezier(start, c1, c2, end), ["freeway", "freeway"])];
    }
    const centre: XY = [x.point[0] + (u[0] - v[0]) * LOOP_M, x.point[1] + (u[1] - v[1]) * LOOP_M];
    const loop = Array.from({ length: 28 }, (_, k): XY => {
      const angle = (k / 27) * 1.5 * Math.PI;
      const [c, s] = [Math.cos(angle) * LOOP_M, Math.sin(angle) * LOOP_M];
      return [centre[0] + v[0] * c + u[0] * s, centre[1] + v[1] * c + u[1] * s];
    });
    return [ramp(loop, ["freeway", "freeway"])];
  });
}

const bezier = (a: XY, b: XY, c: XY, d: XY): Line =>
  Array.from({ length: 19 }, (_, k) => {
    const t = k / 18;
    const [ab, bc, cd] = [lerp(a, b, t), lerp(b, c, t), lerp(c, d, t)];
    return lerp(lerp(ab, bc, t), lerp(bc, cd, t), t);
  });

/** The two ramps of one carriageway at an ordinary road: off before the crossing, on after it. */
function diamondHalf(way: Carriageway, atM: number, road: Line): Street[] {
  const side = (fromCrossing: number, right: number): XY => {
    const { point, direction } = along(way.line, atM + fromCrossing);
    return [point[0] + direction[1] * right, point[1] - direction[0] * right];
  };
  const beside = Array.from({ length: 13 }, (_, k) => side(-120 + k * 20, SIDE_M));
  const terminal = firstCrossing(beside, road);
  if (!terminal) return [];
  const shape: [number, number][] = [
    [RAMP_M, 0],
    [RAMP_M - 110, 7],
    [RAMP_M - 220, 30],
    [RAMP_M - 310, 50],
  ];
  const off = curve([...shape.map(([m, r]) => side(-m, r)), terminal], 30);
  const on = curve([terminal, ...shape.toReversed().map(([m, r]) => side(m, r))], 30);
  return [ramp(off, ["freeway", "ground"]), ramp(on, ["ground", "freeway"])];
}

function firstCrossing(a: Line, b: Line): XY | null {
  for (let i = 1; i < a.length; i++)
    for (let k = 1; k < b.length; k++) {
      const hit = crossing(at(a, i - 1), at(a, i), at(b, k - 1), at(b, k));
      if (hit) return lerp(at(a, i - 1), at(a, i), hit.t);
    }
  return null;
}

/** Ramps between freeways, then between freeways and the widest roads, no two interchanges close to each other. */
export function planRamps(freeways: readonly Freeway[], roads: readonly Street[], land: Land): Street[] {
  const ramps: Street[] = [];
  const interchanges: Interchange[] = [];
  for (const [i, f] of freeways.entries())
    for (const g of freeways.slice(i + 1)) {
      for (const a of f.carriageways)
        for (const b of g.carriageways) ramps.push(...cloverleaf(a, b), ...cloverleaf(b, a));
      for (const x of crossings(f.centre, g.centre)) interchanges.push({ at: x.point, radiusM: OUTER_M });
    }
  const candidates = freeways.flatMap((f) =>
    roads.flatMap((road) =>
      crossings(f.centre, road.points).map((x) => ({
        f,
        road,
        at: x.point,
        sine: Math.abs(x.a[0] * x.b[1] - x.a[1] * x.b[0]),
        ends: Math.min(x.alongA, lengthOf(f.centre) - x.alongA),
      })),
    ),
  );
  const rank = (cls: string) => (cls === "primary" ? 0 : 1);
  for (const c of candidates.toSorted((a, b) => rank(a.road.cls) - rank(b.road.cls))) {
    const apartM = c.road.cls === "primary" ? 1250 : 1500;
    const crowded = interchanges.some((x) => dist(x.at, c.at) < apartM + (x.radiusM > RAMP_M ? 250 : 0));
    if (crowded || c.sine < 0.55 || c.ends < 700 || land.riverDistanceM(c.at) < 90) continue;
    if (rank(c.road.cls) > 0 && land.density(land.unwarp(c.at)) < 0.1) continue;
    const made = c.f.carriageways.flatMap((way) =>
      crossings(way.line, c.road.points).flatMap((x) => diamondHalf(way, x.alongA, c.road.points)),
    );
    if (made.length < 4) continue;
    ramps.push(...made);
    interchanges.push({ at: c.at, radiusM: RAMP_M });
  }
  return ramps;
}

/** Sampled points of ramps and carriageways: what local streets keep away from. */
export const corridorPoints = (
  freeways: readonly Freeway[],
  ramps: readonly Street[],
): { freeway: Line; ramp: Line } => ({
  freeway: freeways.flatMap((f) => densify(f.centre)),
  ramp: ramps.flatMap((r) => densify(r.points)),
});
const densify = (line: Line): Line => {
  const steps = Math.ceil(lengthOf(line) / 15);
  return Array.from({ length: steps + 1 }, (_, k) => along(line, k * 15).point);
};
