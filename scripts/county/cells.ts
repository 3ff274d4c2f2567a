import { MILE, TOWNS, VILLAGES } from "./gazetteer";
import { dist, type XY } from "./geometry";
import type { Land } from "./land";
import { hash2 } from "./random";

/** Side of a quarter section: half a mile, in metres on the survey grid. */
export const CELL_M = MILE / 2;
export type CellKind =
  | "downtown"
  | "town"
  | "grid"
  | "suburb"
  | "estate"
  | "industrial"
  | "park"
  | "hospital"
  | "college"
  | "mall"
  | "airport"
  | "rural";
/** A quarter section of the survey grid. */
export type Cell = {
  i: number;
  j: number;
  u: number;
  v: number;
  centre: XY;
  density: number;
  kind: CellKind;
  town: string | null;
};

export const DOWNTOWN_M = MILE;
export const AIRPORT = { name: "Marlow Regional Airport", u: -9656, v: -13_680, halfU: 1609, halfV: 1207 } as const;
export const inAirport = ([u, v]: XY): boolean =>
  Math.abs(u - AIRPORT.u) < AIRPORT.halfU && Math.abs(v - AIRPORT.v) < AIRPORT.halfV;

/** Quarter sections set aside for what a city needs once: the rest follows from density and chance. */
const RESERVED: Record<string, CellKind> = {
  "-5,3": "hospital",
  "4,4": "hospital",
  "-9,-7": "hospital",
  "9,-5": "hospital",
  "2,-8": "hospital",
  "-14,10": "hospital",
  "9,13": "hospital",
  "-4,-18": "hospital",
  "-20,3": "hospital",
  "7,-19": "hospital",
  "3,-5": "college",
  "-7,5": "college",
  "-13,6": "mall",
  "7,7": "mall",
  "-6,-11": "mall",
  "10,-12": "mall",
  "-3,12": "mall",
  "5,10": "mall",
  "-3,-3": "park",
  "-4,-3": "park",
  "6,2": "park",
  "-6,-1": "park",
  "2,9": "park",
};

function kindOf(
  land: Land,
  i: number,
  j: number,
  centre: XY,
  density: number,
  railM: number,
): { kind: CellKind; town: string | null } {
  const lot = hash2(i, j, land.salt + 1);
  const w = land.warp(centre);
  if (inAirport(centre)) return { kind: "airport", town: null };
  if (Math.abs(centre[0]) < DOWNTOWN_M && Math.abs(centre[1]) < DOWNTOWN_M) return { kind: "downtown", town: null };
  const reserved = RESERVED[`${i},${j}`];
  if (reserved && !land.inLake(w, 300) && land.riverDistanceM(w) > 260) return { kind: reserved, town: null };
  const town = [...TOWNS, ...VILLAGES].find((t) => dist(w, t.at) < (t.kind === "village" ? 520 : 880));
  if (town && land.riverDistanceM(w) > 200) return { kind: "town", town: town.name };
  if (density < 0.08 || land.beyondM(centre) > 0) return { kind: "rural", town: null };
  if (land.riverDistanceM(w) < 230 && lot < 0.5) return { kind: "park", town: null };
  if (railM < 420 && density > 0.15 && lot < 0.85) return { kind: "industrial", town: null };
  if (lot > 0.955) return { kind: "park", town: null };
  if (density > 0.3 && lot > 0.945) return { kind: "mall", town: null };
  if (density > 0.6) return { kind: "grid", town: null };
  return { kind: density > 0.2 ? "suburb" : "estate", town: null };
}

/** Every quarter section of the county that is not under the lake. */
export function surveyCells(land: Land, railDistanceM: (p: XY) => number): Cell[] {
  const reach = Math.ceil(land.extent.countyM / CELL_M);
  const cells: Cell[] = [];
  for (let i = -reach; i < reach; i++)
    for (let j = -reach; j < reach; j++) {
      const [u, v] = [i * CELL_M, j * CELL_M];
      const centre: XY = [u + CELL_M / 2, v + CELL_M / 2];
      const w = land.warp(centre);
      if (land.inLake(w, -250)) continue;
      const density = land.density(centre);
      cells.push({ i, j, u, v, centre, density, ...kindOf(land, i, j, centre, density, railDistanceM(w)) });
    }
  return cells;
}
