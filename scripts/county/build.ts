import { CELL_M, type Cell, type CellKind } from "./cells";
import type { Zone } from "./gazetteer";
import { along, at, type Line, lengthOf, type XY } from "./geometry";
import { type HouseNumbers, houseNumbers } from "./house-numbers";
import type { Land } from "./land";
import type { Stretch } from "./network/node-streets";
import { Occupancy } from "./occupancy";
import type { Plan } from "./plan";
import { noise, type Random, seededRandom } from "./random";
import type { Street } from "./streets/street";

export type Building = { ring: Line; heightM: number };
export type Address = { number: number; street: string; zone: Zone; at: XY; stretch: number };
/** How one kind of neighbourhood is built: metres along the street per lot, from the centreline to the front, and house sizes. */
type Pattern = {
  lotM: number;
  frontM: number;
  width: [number, number];
  depth: [number, number];
  heightM: number;
  share: number;
};

const PATTERNS: Record<
  "downtown" | "grid" | "town" | "suburb" | "estate" | "industrial" | "commercial" | "rural",
  Pattern
> = {
  downtown: { lotM: 25, frontM: 13, width: [15, 23], depth: [16, 28], heightM: 14, share: 0.94 },
  grid: { lotM: 20, frontM: 14, width: [8, 11], depth: [11, 15], heightM: 7, share: 0.94 },
  town: { lotM: 22, frontM: 13, width: [9, 15], depth: [10, 16], heightM: 7, share: 0.88 },
  suburb: { lotM: 31, frontM: 15, width: [12, 17], depth: [9, 13], heightM: 6, share: 0.93 },
  estate: { lotM: 56, frontM: 26, width: [15, 23], depth: [11, 15], heightM: 7, share: 0.86 },
  industrial: { lotM: 92, frontM: 30, width: [44, 74], depth: [30, 60], heightM: 10, share: 0.8 },
  commercial: { lotM: 46, frontM: 25, width: [18, 34], depth: [16, 26], heightM: 7, share: 0.62 },
  rural: { lotM: 340, frontM: 38, width: [14, 20], depth: [10, 14], heightM: 6, share: 0.5 },
};

function patternOf(kind: CellKind, street: Street, density: number): Pattern | null {
  if (street.layer !== "ground" || street.bridge || street.cls === "service") return null;
  if (kind === "park" || kind === "airport" || kind === "hospital" || kind === "college") return null;
  if (kind === "downtown") return PATTERNS.downtown;
  if (kind === "industrial") return PATTERNS.industrial;
  if (kind === "rural") return street.cls === "residential" ? PATTERNS.estate : PATTERNS.rural;
  const wide = street.cls === "primary" || street.cls === "secondary";
  if (kind === "mall") return PATTERNS.commercial;
  if (kind === "town") return wide ? PATTERNS.commercial : PATTERNS.town;
  if (wide) return density > 0.35 ? PATTERNS.commercial : { ...PATTERNS.commercial, share: 0.28 };
  if (street.cls === "tertiary" && kind !== "grid") return { ...PATTERNS.suburb, share: 0.3 };
  return PATTERNS[kind];
}

/** Rectangle, or an L, with its front `frontM` from the street. */
export function footprint(centre: XY, [dx, dy]: XY, w: number, d: number, notch: number): Line {
  const place = (s: number, t: number): XY => [centre[0] + dx * s - dy * t, centre[1] + dy * s + dx * t];
  if (notch === 0) return [place(-w, -d), place(w, -d), place(w, d), place(-w, d)];
  const [nx, ny] = [w * notch, d * Math.abs(notch)];
  return [place(-w, -d), place(w, -d), place(w, d), place(nx, d), place(nx, ny), place(-w, ny)];
}

const CLEAR: Partial<Record<Street["cls"], number>> = {
  motorway: 27,
  motorway_link: 14,
  primary: 17,
  secondary: 13,
  tertiary: 11,
};
/** Metres from a road's centreline that stay free. */
const clearOf = (cls: Street["cls"]): number => CLEAR[cls] ?? 8;

/** Ground that nobody builds on: water, roads and tracks. */
export function takenGround(land: Land, plan: Plan): Occupancy {
  const ground = new Occupancy(land.extent.countyM + 2500);
  for (const s of plan.stretches) ground.takeLine(s.points, clearOf(at(plan.streets, s.street).cls));
  for (const line of plan.rail) ground.takeLine(line, 14);
  for (const creek of land.creeks) ground.takeLine(creek, 22);
  ground.takeRing(land.lake);
  ground.takeRing(land.riverBanks);
  ground.takeLine(land.river, 60);
  return ground;
}

export class Builder {
  readonly buildings: Building[] = [];
  readonly addresses: Address[] = [];
  private readonly known = new Set<string>();
  private readonly cells: Map<string, Cell>;
  private readonly random: Random;

  constructor(
    private readonly land: Land,
    private readonly plan: Plan,
    private readonly ground: Occupancy,
    private readonly zones: readonly Zone[],
    private readonly numbers: readonly (HouseNumbers | undefined)[],
    seed: number,
  ) {
    this.cells = new Map(plan.cells.map((c) => [`${c.i},${c.j}`, c]));
    this.random = seededRandom(seed + 2);
  }

  cellAt(p: XY): Cell | undefined {
    const [u, v] = this.land.unwarp(p);
    return this.cells.get(`${Math.floor(u / CELL_M)},${Math.floor(v / CELL_M)}`);
  }

  /** Lines every street with buildings, each with its house number. */
  lineStreets(): void {
    this.plan.stretches.forEach((stretch, id) => {
      const middle = along(stretch.points, lengthOf(stretch.points) / 2).point;
      const uv = this.land.unwarp(middle);
      const cell = this.cells.get(`${Math.floor(uv[0] / CELL_M)},${Math.floor(uv[1] / CELL_M)}`);
      const pattern = cell && patternOf(cell.kind, at(this.plan.streets, stretch.street), cell.density);
      if (pattern) this.lineStretch(stretch, id, pattern);
    });
  }

  private lineStretch(stretch: Stretch, id: number, pattern: Pattern): void {
    const length = lengthOf(stretch.points);
    const count = Math.floor((length - 16) / pattern.lotM);
    for (const side of [1, -1] as const)
      for (
        let k = 0;
        k < count || (k === 0 && pattern === PATTERNS.rural && this.random() < length / pattern.lotM);
        k++
      ) {
        if (this.random() > pattern.share) continue;
        const m = 8 + ((length - 16) * (k + 0.5)) / Math.max(1, count) + (this.random() - 0.5) * pattern.lotM * 0.14;
        this.placeHouse(stretch, id, m, side, pattern);
      }
  }

  private placeHouse(stretch: Stretch, id: number, m: number, side: 1 | -1, pattern: Pattern): void {
    const { point, direction } = along(stretch.points, m);
    const [w, d] = [sized(pattern.width, this.random()), sized(pattern.depth, this.random())];
    const kerb = clearOf(at(this.plan.streets, stretch.street).cls) + 4;
    const away = Math.max(pattern.frontM, kerb) + d / 2 + this.random() * 2.5;
    const centre: XY = [point[0] - direction[1] * away * side, point[1] + direction[0] * away * side];
    const outward: XY = [direction[0] * side, direction[1] * side];
    if (!this.ground.claim(centre, outward, w / 2, d / 2, 1.5)) return;
    const tall = pattern === PATTERNS.downtown ? this.skyline(centre) : 0;
    const notch = this.random() < 0.3 ? (this.random() - 0.5) * 0.9 : 0;
    this.buildings.push({
      ring: footprint(centre, outward, w / 2, d / 2, notch),
      heightM: Math.round(pattern.heightM + tall),
    });
    this.address(id, m, side, centre);
  }

  private skyline(p: XY): number {
    const near = Math.max(0, 1 - Math.hypot(p[0] - 150, p[1] - 250) / 1100);
    return near * near * 150 * this.random() * (0.4 + noise(p[0] / 190, p[1] / 190, 77));
  }

  /** Gives a building its address, unless the street has no numbers or the number is taken. */
  address(stretchId: number, m: number, side: 1 | -1, where: XY): Address | null {
    const numbers = this.numbers[stretchId];
    if (!numbers) return null;
    const street = at(this.plan.streets, at(this.plan.stretches, stretchId).street);
    const zone = at(this.zones, stretchId);
    const number = houseNumbers.at(numbers, m, side);
    const key = `${number}|${street.name}|${zone.zip}`;
    if (this.known.has(key)) return null;
    this.known.add(key);
    const address = { number, street: street.name, zone, at: where, stretch: stretchId };
    this.addresses.push(address);
    return address;
  }
}

const sized = ([low, high]: [number, number], at01: number): number => low + (high - low) * at01;
