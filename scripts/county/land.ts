import { MILE, TOWNS, VILLAGES, ZONES, type Zone } from "./gazetteer";
import { at, curve, dist, type Line, offset, type XY } from "./geometry";
import { nearPoints } from "./near";
import { noise } from "./random";

/** How far the county reaches from its centre, and how far roads go on beyond it (metres). */
export type Extent = { countyM: number; outerM: number };

/** The ground everything is built on. Street plans are drawn on a square survey grid (u, v), which `warp` lays on the land. */
export type Land = {
  extent: Extent;
  salt: number;
  river: Line;
  riverBanks: Line;
  creeks: Line[];
  lake: Line;
  boundary: Line;
  warp: (uv: XY) => XY;
  unwarp: (p: XY) => XY;
  inLake: (p: XY, padM?: number) => boolean;
  inRiver: (p: XY, padM?: number) => boolean;
  riverDistanceM: (p: XY) => number;
  /** About 1 in the centre, 0 where fields begin, negative farther out. */
  density: (uv: XY) => number;
  /** Metres outside the county's box on the survey grid; 0 inside. */
  beyondM: (uv: XY) => number;
  zoneAt: (p: XY) => Zone;
};

const LAKE = { x: 33_000, y: -1500, rx: 19_600, ry: 38_000 };
const RIVER: readonly XY[] = [
  [-64_000, -9000],
  [-56_000, -3000],
  [-47_000, -7500],
  [-38_000, -3500],
  [-30_000, -6200],
  [-24_000, -3400],
  [-19_500, -2500],
  [-15_500, -5200],
  [-11_500, -2600],
  [-8200, -4300],
  [-5200, -1500],
  [-2700, -2500],
  [-900, -1150],
  [700, -480],
  [2600, 350],
  [4800, 1500],
  [7600, 900],
  [10_500, 2600],
  [13_600, 2200],
  [16_500, 2500],
  [20_000, 2600],
];
const CREEKS: readonly (readonly XY[])[] = [
  [
    [-9000, 17_800],
    [-8200, 13_800],
    [-9400, 10_200],
    [-7600, 6500],
    [-8300, 2800],
    [-6900, 400],
    [-6300, -2400],
  ],
  [
    [-2200, -17_500],
    [-1000, -13_800],
    [-2400, -10_200],
    [-400, -7200],
    [-1100, -4000],
    [-1600, -1600],
  ],
  [
    [3200, 17_500],
    [4700, 13_400],
    [3400, 9300],
    [5000, 5600],
    [4500, 3100],
    [5000, 1500],
  ],
  [
    [-21_500, -14_000],
    [-18_200, -11_700],
    [-17_600, -8400],
    [-15_400, -5200],
  ],
];

const warpWith =
  (salt: number) =>
  (uv: XY): XY => {
    const [u, v] = uv;
    const reach = 70 + Math.min(1, Math.hypot(u, v) / 9000) * 390;
    return [
      u + (noise(u / 5400 + 11, v / 5400 + 3, salt) - 0.5) * reach * 2,
      v + (noise(u / 5400 + 57, v / 5400 + 91, salt) - 0.5) * reach * 2,
    ];
  };

function shoreFactor(dx: number, dy: number, salt: number): number {
  const angle = Math.atan2(dy / LAKE.ry, dx / LAKE.rx);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const octave = (frequency: number, size: number) =>
    (noise(c * frequency + 40, s * frequency + 40, salt) - 0.5) * size;
  return 1 + octave(1.7, 0.3) + octave(4.5, 0.16) + octave(13, 0.05) + octave(40, 0.022) + octave(110, 0.01);
}

const lakeRing = (salt: number): Line =>
  Array.from({ length: 1400 }, (_, i): XY => {
    const angle = (i / 1400) * 2 * Math.PI;
    const [dx, dy] = [Math.cos(angle) * LAKE.rx, Math.sin(angle) * LAKE.ry];
    const f = shoreFactor(dx, dy, salt);
    return [LAKE.x + dx * f, LAKE.y + dy * f];
  });

function riverWidths(river: Line): (i: number) => number {
  return (i) => {
    const mouth = Math.max(0, (at(river, i)[0] - 9000) / 6000);
    return 72 + 34 * Math.sin(i / 38) + 20 * Math.sin(i / 14.6) + 150 * mouth * mouth;
  };
}

function countyBoundary(warp: (p: XY) => XY, m: number): Line {
  const corners: XY[] = [
    [m * 1.7, m],
    [-m * 0.55, m],
    [-m * 0.55, m * 0.86],
    [-m, m * 0.86],
    [-m, -m * 0.93],
    [-m * 0.7, -m * 0.93],
    [-m * 0.7, -m],
    [m * 1.7, -m],
  ];
  return corners.flatMap((corner, i) => {
    const next = at(corners, (i + 1) % corners.length);
    const pieces = Math.max(1, Math.round(dist(corner, next) / 600));
    return Array.from({ length: pieces }, (_, k): XY => {
      const t = k / pieces;
      return warp([corner[0] + (next[0] - corner[0]) * t, corner[1] + (next[1] - corner[1]) * t]);
    });
  });
}

const densityWith =
  (salt: number) =>
  (uv: XY): number => {
    const [u, v] = uv;
    const centre = 1.12 - Math.hypot(u * (u < 0 ? 0.92 : 1.05), v) / MILE / 7.4;
    const texture = (noise(u / 3100 + 5, v / 3100 + 5, salt) - 0.5) * 0.72;
    const bump = (list: typeof TOWNS, peak: number, reachM: number) =>
      list.reduce((most, t) => Math.max(most, peak - dist(uv, t.at) / reachM), 0);
    return centre + texture + bump(TOWNS, 0.78, 4300) + bump(VILLAGES, 0.62, 2400);
  };

/** Builds the ground for one seed. */
export function layOutLand(seed: number, extent: Extent): Land {
  const salt = seed % 9973;
  const warp = warpWith(salt);
  const river = curve(RIVER, 40);
  const width = riverWidths(river);
  const nearRiver = nearPoints(river, 700);
  const inLake = (p: XY, padM = 0) => {
    const [dx, dy] = [p[0] - LAKE.x, p[1] - LAKE.y];
    if (p[0] < 9000) return false;
    return Math.hypot(dx / LAKE.rx, dy / LAKE.ry) < shoreFactor(dx, dy, salt) + padM / LAKE.rx;
  };
  const riverDistanceM = (p: XY) => {
    const { index, distanceM } = nearRiver.nearest(p);
    return index < 0 ? Number.POSITIVE_INFINITY : distanceM - width(index);
  };
  const up = offset(river, width);
  const down = offset(river, (i) => -width(i)).toReversed();
  return {
    extent,
    salt,
    river,
    riverBanks: [...up, ...down],
    creeks: CREEKS.map((c) => curve(c, 60)),
    lake: lakeRing(salt),
    boundary: countyBoundary(warp, extent.countyM),
    warp,
    inLake,
    riverDistanceM,
    density: densityWith(salt),
    unwarp: (p) => {
      let uv = p;
      for (let k = 0; k < 6; k++) {
        const w = warp(uv);
        uv = [uv[0] + p[0] - w[0], uv[1] + p[1] - w[1]];
      }
      return uv;
    },
    inRiver: (p, padM = 0) => riverDistanceM(p) < padM,
    beyondM: (uv) => Math.max(0, Math.abs(uv[0]) - extent.countyM, Math.abs(uv[1]) - extent.countyM),
    zoneAt: (p) => ZONES.reduce((best, z) => (dist(p, z.at) < dist(p, best.at) ? z : best), at(ZONES, 0)),
  };
}
