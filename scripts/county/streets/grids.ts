import { CELL_M, type Cell, DOWNTOWN_M } from "../cells";
import { type Place, TOWNS, VILLAGES } from "../gazetteer";
import { type Line, splitBy, type XY } from "../geometry";
import type { Land } from "../land";
import { ordinal } from "../names";
import { hash2 } from "../random";
import { alongSurvey, avenueFullName, type Planned, SIXTEENTH_M, streetName } from "./plan";

const DOWNTOWN_NAMES =
  "Levee Foundry Tannery Depot Wharf Canal Granary Ferry Cooper Water River Front Commerce Market Exchange State Court Union Liberty Federal Church Chapel College Library Pearl Spring Garden High Summit Terrace Reservoir Armory Arsenal Signal Prospect Beacon Harbor Orchard Chestnut Walnut Locust Poplar".split(
    " ",
  );
const TOWN_NAMES =
  "Washington Adams Jefferson Madison Monroe Jackson Harrison Tyler Polk Taylor Pierce Lincoln Grant Hayes Garfield Arthur Cleveland McKinley".split(
    " ",
  );

type Field = {
  origin: XY;
  angle: number;
  acrossM: number;
  alongM: number;
  reachM: number;
  inside: (p: XY) => boolean;
  name: (family: 0 | 1, k: number) => string;
  oneway: (family: 0 | 1, k: number) => boolean;
  bridges: (family: 0 | 1, k: number) => boolean;
  /** Every so-many-th street is a wide one. */
  wideEvery: number;
};

/** Parallel streets in two directions, cut to a district. Numbers grow from one end, so none appears twice. */
function field(f: Field): Planned[] {
  const [c, s] = [Math.cos(f.angle), Math.sin(f.angle)];
  const place = (a: number, b: number): XY => [f.origin[0] + a * c - b * s, f.origin[1] + a * s + b * c];
  const out: Planned[] = [];
  for (const family of [0, 1] as const) {
    const gap = family === 0 ? f.acrossM : f.alongM;
    const lines = Math.floor(f.reachM / gap);
    for (let k = -lines; k <= lines; k++) {
      const steps = Math.ceil((f.reachM * 2) / 30);
      const line: Line = Array.from({ length: steps + 1 }, (_, n) => {
        const t = -f.reachM + n * 30;
        return family === 0 ? place(t, k * gap) : place(k * gap, t);
      });
      const backwards = f.oneway(family, k) && k % 4 > 1;
      for (const part of splitBy(line, f.inside)) {
        if (!part.state) continue;
        out.push({
          line: backwards ? part.points.toReversed() : part.points,
          bridges: f.bridges(family, k),
          spec: {
            name: f.name(family, k),
            cls: k % f.wideEvery === 0 ? "tertiary" : "residential",
            oneway: f.oneway(family, k),
            numbering: {
              metresAt: ([x, y]) =>
                f.reachM +
                (family === 0
                  ? (x - f.origin[0]) * c + (y - f.origin[1]) * s
                  : (y - f.origin[1]) * c - (x - f.origin[0]) * s),
            },
          },
        });
      }
    }
  }
  return out;
}

/** The old town by the river: blocks of about 110 by 92 m turned against the survey, its middle in one-way pairs. */
export const planDowntown = (land: Land): Planned[] =>
  field({
    origin: [0, 0],
    angle: 0.31,
    acrossM: 92,
    alongM: 112,
    reachM: Math.min(2300, land.extent.countyM),
    inside: (p) => {
      const [u, v] = land.unwarp(p);
      return Math.abs(u) < DOWNTOWN_M && Math.abs(v) < DOWNTOWN_M;
    },
    name: (family, k) =>
      family === 0
        ? `${DOWNTOWN_NAMES[(k + 25) % DOWNTOWN_NAMES.length] ?? "Levee"}${k + 25 >= DOWNTOWN_NAMES.length ? " Pl" : " St"}`
        : `${ordinal(k + 22)} Ave`,
    oneway: (family, k) => Math.abs(k) < 11 && k % 2 !== 0 && (family === 1 || k % 3 !== 0),
    bridges: (_, k) => k % 5 === 0,
    wideEvery: 5,
  });

/** Small towns that were there before the city: a square plat around the depot, turned its own way. */
export const planTowns = (land: Land, cells: readonly Cell[]): Planned[] => {
  const byKey = new Map(cells.filter((c) => c.kind === "town").map((c) => [`${c.i},${c.j}`, c.town]));
  return [...TOWNS, ...VILLAGES].flatMap((town: Place, t) => {
    const turn = (hash2(t, 71, land.salt) - 0.5) * 0.7;
    return field({
      origin: town.at,
      angle: turn,
      acrossM: 98,
      alongM: 124,
      reachM: 1500,
      inside: (p) => {
        const [u, v] = land.unwarp(p);
        return byKey.get(`${Math.floor(u / CELL_M)},${Math.floor(v / CELL_M)}`) === town.name;
      },
      name: (family, k) =>
        family === 0
          ? `${TOWN_NAMES[(k + 36 + t) % TOWN_NAMES.length] ?? "Grant"} ${k < 0 ? "Ave" : "St"}`
          : `${ordinal(k + 13)} St`,
      oneway: () => false,
      bridges: (_, k) => k % 6 === 0,
      wideEvery: 6,
    });
  });
};

/** Streetcar-age blocks on the survey: eight by four to the quarter section, the long way turning every few blocks. */
export function planGridCell(land: Land, cell: Cell): Planned[] {
  const tall = hash2(cell.i >> 2, cell.j >> 2, land.salt + 7) > 0.5;
  const [nx, ny] = tall ? [8, 4] : [4, 8];
  const [k0, l0] = [cell.i * 8, cell.j * 8];
  const out: Planned[] = [];
  const kept = (a: number, b: number) => hash2(k0 + a, l0 + b, land.salt + 8) > 0.045;
  const lines = (n: number, m: number, vertical: boolean) => {
    for (let a = 1; a < n; a++) {
      const at = (a * 8) / n;
      for (let b = 0, from = 0; b <= m; b++) {
        if (b < m && kept(vertical ? at : b + 20, vertical ? b + 20 : at)) continue;
        if (b > from) {
          const [lo, hi] = [(from * CELL_M) / m, (b * CELL_M) / m];
          const steps = (b - from) * 3;
          const line = Array.from({ length: steps + 1 }, (_, s): XY => {
            const t = lo + ((hi - lo) * s) / steps;
            return land.warp(
              vertical ? [cell.u + at * SIXTEENTH_M, cell.v + t] : [cell.u + t, cell.v + at * SIXTEENTH_M],
            );
          });
          const name = vertical ? avenueFullName(k0 + at, cell.j >= 0) : streetName(l0 + at, cell.i >= 0);
          out.push({
            line,
            bridges: false,
            spec: { name, cls: "residential", numbering: alongSurvey(land, vertical ? 1 : 0) },
          });
        }
        from = b + 1;
      }
    }
  };
  lines(nx, ny, true);
  lines(ny, nx, false);
  return out;
}
