import { CELL_M, DOWNTOWN_M } from "../cells";
import { curve, type Line, offset, segment, splitBy, type XY } from "../geometry";
import type { Land } from "../land";
import { hash2 } from "../random";
import { alongSurvey, avenueFullName, type Planned, streetName } from "./plan";
import type { StreetSpec } from "./street";

type Piece = { cls: StreetSpec["cls"]; bridges: boolean } | null;

/** What runs along half-mile line `k8` (in half miles) between half miles `n` and `n + 1`. */
function piece(land: Land, k8: number, n: number, alongV: boolean): Piece {
  const q = k8 * CELL_M;
  const middle: XY = alongV ? [q, (n + 0.5) * CELL_M] : [(n + 0.5) * CELL_M, q];
  const [density, beyond] = [land.density(middle), land.beyondM(middle)];
  const chance = hash2(k8 * 2 + (alongV ? 1 : 0), Math.floor(n / 2), land.salt + 3);
  if (k8 % 2 === 0) {
    const trunk = k8 % 12 === 0;
    if (k8 % 6 === 0 && (beyond === 0 || trunk || chance < Math.exp(-beyond / 9000)))
      return { cls: "primary", bridges: true };
    if (density > -0.05 && beyond === 0) return { cls: "secondary", bridges: density > 0.25 || chance > 0.6 };
    const kept = beyond === 0 ? chance < 0.86 : chance < 0.8 * Math.exp(-beyond / 4500);
    return kept ? { cls: "unclassified", bridges: chance < 0.1 } : null;
  }
  const inDowntown = Math.abs(middle[0]) < DOWNTOWN_M && Math.abs(middle[1]) < DOWNTOWN_M;
  if (density < 0.03 || beyond > 0 || inDowntown) return null;
  return { cls: "tertiary", bridges: density > 0.7 && chance > 0.5 };
}

function surveyLine(land: Land, k8: number, alongV: boolean): Planned[] {
  const reach = Math.ceil((land.extent.outerM + 900) / CELL_M);
  const out: Planned[] = [];
  let run: { from: number; piece: Piece } = { from: -reach, piece: null };
  const finish = (to: number) => {
    if (!run.piece || to === run.from) return;
    const q = k8 * CELL_M;
    const line = segment(
      alongV ? [q, run.from * CELL_M] : [run.from * CELL_M, q],
      alongV ? [q, to * CELL_M] : [to * CELL_M, q],
      (to - run.from) * 10,
    ).map(land.warp);
    const positive = run.from >= 0;
    const name = alongV ? avenueFullName(k8 * 8, positive) : streetName(k8 * 8, positive);
    const signed = run.piece.cls === "primary" && k8 % 12 === 0 && k8 !== 0 && hash2(k8, alongV ? 5 : 6, 9) < 0.7;
    const ref = signed ? `IL-${Math.abs(k8 / 2) * 5 + (alongV ? 11 : 40) + (k8 < 0 ? 2 : 0)}` : "";
    out.push({
      line,
      bridges: run.piece.bridges,
      spec: { name, ref, cls: run.piece.cls, numbering: alongSurvey(land, alongV ? 1 : 0) },
    });
  };
  for (let n = -reach; n <= reach; n++) {
    const next = n === reach ? null : piece(land, k8, n, alongV);
    const same = next && run.piece && next.cls === run.piece.cls && next.bridges === run.piece.bridges;
    if (same && n !== 0) continue;
    finish(n);
    run = { from: n, piece: next };
  }
  return out;
}

const DIAGONALS: readonly { name: string; through: readonly XY[]; metresFrom: number }[] = [
  {
    name: "Old Mill Rd",
    metresFrom: 300,
    through: [
      [-1580, 1590],
      [-3300, 3500],
      [-7800, 8900],
      [-12_500, 13_200],
      [-19_000, 19_500],
    ],
  },
  {
    name: "Arden Pkwy",
    metresFrom: 300,
    through: [
      [1600, -1600],
      [4300, -3800],
      [8200, -8400],
      [9900, -15_000],
      [9200, -21_500],
    ],
  },
];

/** Roads that follow the land rather than the survey: along the river, along the shore, and two old diagonals. */
function freeForm(land: Land): Planned[] {
  const near = (p: XY) =>
    land.density(land.unwarp(p)) > 0.22 &&
    land.beyondM(land.unwarp(p)) === 0 &&
    !inDowntown(land.unwarp(p)) &&
    !land.inLake(p, 120);
  const banks = [-1, 1].flatMap((side) =>
    splitBy(
      offset(land.river, (i) => side * (190 + 25 * Math.sin(i / 26))),
      near,
    )
      .filter((part) => part.state && part.points.length > 20)
      .map(
        (part): Planned => ({
          line: part.points,
          bridges: false,
          spec: {
            name: side > 0 ? "North River Rd" : "South River Rd",
            cls: "tertiary",
            numbering: { metresAt: (p) => Math.abs(p[0] + 24_000) },
          },
        }),
      ),
  );
  const shore = shoreRoad(land).map(
    (line): Planned => ({
      line,
      bridges: true,
      spec: { name: "Lakeshore Dr", cls: "primary", numbering: { metresAt: (p) => Math.abs(p[1] + 24_000) } },
    }),
  );
  const diagonals = DIAGONALS.map(
    (d): Planned => ({
      line: curve(d.through, 50),
      bridges: true,
      spec: { name: d.name, cls: "primary", numbering: { metresAt: (p) => Math.abs(p[1]) + d.metresFrom } },
    }),
  );
  return [...banks, ...shore, ...diagonals];
}
const inDowntown = ([u, v]: XY) => Math.abs(u) < DOWNTOWN_M && Math.abs(v) < DOWNTOWN_M;

/** The road along the lake's west shore, where the city and its suburbs reach the water. */
export function shoreRoad(land: Land): Line[] {
  const inland: Line = [];
  for (let y = -Math.min(land.extent.countyM, 17_500); y <= Math.min(land.extent.countyM, 16_000); y += 60) {
    const x = shoreX(land, y);
    if (x < land.extent.outerM) inland.push([x, y]);
  }
  const smooth = inland.map((p, i): XY => {
    const window = inland.slice(Math.max(0, i - 7), i + 8);
    return [
      window.reduce((least, q) => Math.min(least, q[0]), p[0]) * 0.5 +
        (window.reduce((sum, q) => sum + q[0], 0) / window.length) * 0.5 -
        120,
      p[1],
    ];
  });
  return smooth.length > 10 ? [smooth] : [];
}

function shoreX(land: Land, y: number): number {
  let [low, high] = [8000, 34_000];
  for (let k = 0; k < 16; k++) {
    const middle = (low + high) / 2;
    if (land.inLake([middle, y], 110)) high = middle;
    else low = middle;
  }
  return low;
}

/** Section-line roads, half-mile collectors, and the few roads that run free. */
export function planArterials(land: Land): Planned[] {
  const reach = Math.floor(land.extent.outerM / CELL_M);
  const out = freeForm(land);
  for (let k8 = -reach; k8 <= reach; k8++) out.push(...surveyLine(land, k8, true), ...surveyLine(land, k8, false));
  return out;
}
