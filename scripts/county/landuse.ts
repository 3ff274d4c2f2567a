import { AIRPORT, CELL_M, type Cell, inAirport } from "./cells";
import { type Line, offset, segment, splitBy, type XY } from "./geometry";
import type { Land } from "./land";
import { hash2, noise } from "./random";
import type { Props } from "./tiles/feature-store";

/** A coloured area; `built` areas may have houses on them, the others keep them off; `loose` ones give way to streets. */
export type Area = {
  layer: "landuse" | "water";
  ring: Line;
  minZoom: number;
  props: Props;
  built: boolean;
  loose?: boolean;
};
export type Poi = { at: XY; minZoom: number; props: Props };

const PARK_NAMES =
  "Riverside Founders Heron Tamarack Lincoln Beacon Willow Overlook Prairie Maplewood Veterans Kestrel Stonebridge Juniper Cottonwood Sycamore Larkspur Meadowlark Bluestem Kiwanis Pioneer Garfield Harmony Lakeside Sunset Eastgate Orchard Mariner".split(
    " ",
  );

/** An organic outline around a point. */
export function blob(centre: XY, rx: number, ry: number, roughness: number, salt: number): Line {
  return Array.from({ length: 36 }, (_, k): XY => {
    const a = (k / 36) * 2 * Math.PI;
    const n = noise(Math.cos(a) * 1.6 + centre[0] / 91, Math.sin(a) * 1.6 + centre[1] / 91, salt);
    const r = 1 - roughness / 2 + roughness * n;
    return [centre[0] + Math.cos(a) * rx * r, centre[1] + Math.sin(a) * ry * r];
  });
}

/** Part of the survey grid as a ring on the land; fractions of the quarter section, metres of inset. */
export function plot(
  land: Land,
  cell: Cell,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  insetM: number,
): Line {
  const [u0, v0] = [cell.u + x0 * CELL_M + insetM, cell.v + y0 * CELL_M + insetM];
  const [u1, v1] = [cell.u + x1 * CELL_M - insetM, cell.v + y1 * CELL_M - insetM];
  const corners: XY[] = [
    [u0, v0],
    [u1, v0],
    [u1, v1],
    [u0, v1],
  ];
  return corners.flatMap((c, k) => segment(c, corners[(k + 1) % 4] ?? c, 5).slice(0, -1)).map(land.warp);
}

function park(land: Land, cell: Cell): Area[] {
  const lot = hash2(cell.i, cell.j, land.salt + 31);
  const name = PARK_NAMES[Math.floor(hash2(cell.j, cell.i, land.salt + 32) * PARK_NAMES.length)] ?? "Riverside";
  const byRiver = land.riverDistanceM(land.warp(cell.centre)) < 300;
  const make = (kind: string, title: string, ring: Line): Area => ({
    layer: "landuse",
    ring,
    minZoom: 10,
    built: false,
    props: { kind, name: title },
  });
  const whole = plot(land, cell, [0, 0, 1, 1], 24);
  if (byRiver) return [make("park", `${name} Park`, whole)];
  if (lot < 0.16) return [make("golf_course", `${name} Golf Club`, whole), ...ponds(land, cell, 2)];
  if (lot < 0.3) return [make("cemetery", `${name} Cemetery`, plot(land, cell, [0, 0, 0.62, 0.6], 24))];
  if (lot < 0.6)
    return [
      make("park", `${name} Park`, plot(land, cell, [0, 0, 1, lot < 0.45 ? 0.5 : 1], 24)),
      ...ponds(land, cell, 1),
    ];
  return [make("park", `${name} Park`, whole), ...woods(land, cell, 2), ...ponds(land, cell, lot > 0.8 ? 1 : 0)];
}

const scatter = (cell: Cell, k: number, salt: number): XY => [
  cell.u + CELL_M * (0.22 + 0.56 * hash2(cell.i, cell.j * 7 + k, salt)),
  cell.v + CELL_M * (0.22 + 0.56 * hash2(cell.j, cell.i * 7 + k, salt + 1)),
];

function ponds(land: Land, cell: Cell, count: number): Area[] {
  return Array.from({ length: count }, (_, k): Area => {
    const at = land.warp(scatter(cell, k, land.salt + 41));
    const size = hash2(cell.i + k, cell.j, land.salt + 43);
    return {
      layer: "water",
      ring: blob(at, 50 + 95 * size, 36 + 60 * hash2(cell.j, cell.i + k, land.salt + 44), 0.8, land.salt),
      minZoom: 11,
      built: false,
      loose: true,
      props: { kind: "lake" },
    };
  });
}

function woods(land: Land, cell: Cell, count: number): Area[] {
  return Array.from({ length: count }, (_, k): Area => {
    const at = land.warp(scatter(cell, k + 3, land.salt + 51));
    const size = hash2(cell.i - k, cell.j, land.salt + 53);
    return {
      layer: "landuse",
      ring: blob(at, 120 + 330 * size, 110 + 250 * hash2(cell.j, cell.i - k, land.salt + 54), 0.9, land.salt),
      minZoom: 9,
      built: true,
      loose: cell.kind !== "rural" && cell.kind !== "park",
      props: { kind: "wood" },
    };
  });
}

/** Strips of built-up ground, one per row of quarter sections: what a city looks like from far away. */
function builtUp(land: Land, cells: readonly Cell[]): Area[] {
  const rows = new Map<number, Cell[]>();
  for (const c of cells) if (c.kind !== "rural" && c.kind !== "airport") rows.set(c.j, [...(rows.get(c.j) ?? []), c]);
  return [...rows.values()].flatMap((row) => {
    const out: Area[] = [];
    const sorted = row.toSorted((a, b) => a.i - b.i);
    for (let from = 0; from < sorted.length; ) {
      let to = from;
      while (sorted[to + 1]?.i === (sorted[to]?.i ?? 0) + 1) to++;
      const [first, last] = [sorted[from], sorted[to]];
      from = to + 1;
      if (!first || !last) continue;
      const [n, top] = [(last.i - first.i + 1) * 2, first.v + CELL_M + 6];
      const bottom = segment([first.u, first.v - 6], [last.u + CELL_M, first.v - 6], n);
      const upper = segment([last.u + CELL_M, top], [first.u, top], n);
      out.push({
        layer: "landuse",
        ring: [...bottom, ...upper].map(land.warp),
        minZoom: 5,
        built: true,
        props: { kind: "residential" },
      });
    }
    return out;
  });
}

function airport(land: Land): { areas: Area[]; runways: Line[]; poi: Poi } {
  const { u, v, halfU, halfV, name } = AIRPORT;
  const place = (x: number, y: number): XY => land.warp([u + x * halfU, v + y * halfV]);
  const ring = [
    [-0.97, -0.97],
    [0.97, -0.97],
    [0.97, 0.97],
    [-0.97, 0.97],
  ].map(([x, y]) => place(x ?? 0, y ?? 0));
  const runways = [
    [place(-0.88, -0.42), place(0.86, 0.1)],
    [place(-0.3, 0.86), place(0.42, -0.86)],
  ];
  const areas: Area[] = [{ layer: "landuse", ring, minZoom: 8, built: false, props: { kind: "aerodrome", name } }];
  return { areas, runways, poi: { at: place(0.2, 0.45), minZoom: 11, props: { kind: "aerodrome", name } } };
}

/** Trees along the creeks, except where they run through fields. */
const greenways = (land: Land): Area[] =>
  land.creeks.flatMap((creek) =>
    splitBy(creek, (p) => land.riverDistanceM(p) > 60)
      .filter((part) => part.state && part.points.length > 8)
      .map(({ points }): Area => {
        const wide = (side: number) => offset(points, (i) => side * (24 + 62 * noise(i / 5, side * 9 + 20, land.salt)));
        return {
          layer: "landuse",
          ring: [...wide(1), ...wide(-1).toReversed()],
          minZoom: 10,
          built: false,
          props: { kind: "wood" },
        };
      }),
  );

export type Landuse = { areas: Area[]; pois: Poi[]; runways: Line[] };

/** Colours the land: built-up ground, parks, woods, ponds, campuses, industry, the airport. */
export function planLanduse(land: Land, cells: readonly Cell[]): Landuse {
  const field = airport(land);
  const far = land.extent.countyM < Math.abs(AIRPORT.v);
  const areas = [...builtUp(land, cells), ...greenways(land), ...(far ? [] : field.areas)];
  for (const cell of cells) {
    if (inAirport(cell.centre)) continue;
    const lot = hash2(cell.i, cell.j, land.salt + 61);
    const campus = (kind: string, inset: number): Area => ({
      layer: "landuse",
      ring: plot(land, cell, [0, 0, 1, 1], inset),
      minZoom: 11,
      built: true,
      props: { kind },
    });
    if (cell.kind === "park") areas.push(...park(land, cell));
    else if (
      cell.kind === "rural" &&
      lot < 0.62 * Math.max(0, noise(cell.u / 5200, cell.v / 5200, land.salt + 71) - 0.42)
    )
      areas.push(...woods(land, cell, 1));
    else if (cell.kind === "rural" && lot > 0.955) areas.push(...ponds(land, cell, 1));
    else if (cell.kind === "estate" && lot < 0.35) areas.push(...woods(land, cell, 1));
    else if ((cell.kind === "suburb" || cell.kind === "estate") && lot > 0.9) areas.push(...ponds(land, cell, 1));
    else if (cell.kind === "industrial") areas.push(campus("industrial", 10));
    else if (cell.kind === "mall") areas.push(campus("commercial", 22));
    else if (cell.kind === "college") areas.push(campus("university", 22));
  }
  const named = areas.filter((a) => a.props.name !== undefined && a.props.kind !== "aerodrome");
  const pois = named.map(
    (a): Poi => ({ at: centroid(a.ring), minZoom: 14, props: { kind: "park", name: a.props.name ?? "" } }),
  );
  return { areas, pois: far ? pois : [...pois, field.poi], runways: far ? [] : field.runways };
}

/** The mean of a ring's corners. */
export const centroid = (ring: readonly XY[]): XY => [
  ring.reduce((s, p) => s + p[0], 0) / ring.length,
  ring.reduce((s, p) => s + p[1], 0) / ring.length,
];
