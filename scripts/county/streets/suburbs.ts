import { CELL_M, type Cell } from "../cells";
import { curve, type Line, lengthOf, type XY } from "../geometry";
import type { Land } from "../land";
import type { NamePool } from "../names";
import { noise, type Random } from "../random";
import type { Planned } from "./plan";

/** A street drawn in the unit square of a quarter section. */
type Sketch = { points: XY[]; kind: "through" | "loop" | "court" };
const SUFFIXES: Record<Sketch["kind"], readonly string[]> = {
  through: ["Dr", "Rd", "Way", "Ln", "Trl"],
  loop: ["Cir", "Dr", "Loop"],
  court: ["Ct", "Pl", "Ln", "Cove"],
};

/** A winding spine from edge to edge with courts on both sides. */
function spine(random: Random, gap: number): Sketch[] {
  const [y0, y1, y2, y3] = [
    0.35 + random() * 0.3,
    0.38 + random() * 0.24,
    0.38 + random() * 0.24,
    0.35 + random() * 0.3,
  ];
  const yAt = (x: number) =>
    x < 1 / 3 ? y0 + (y1 - y0) * x * 3 : x < 2 / 3 ? y1 + (y2 - y1) * (x * 3 - 1) : y2 + (y3 - y2) * (x * 3 - 2);
  const out: Sketch[] = [
    {
      kind: "through",
      points: [
        [0, y0],
        [1 / 3, y1],
        [2 / 3, y2],
        [1, y3],
      ],
    },
  ];
  let through = 0;
  for (let x = gap * 0.75; x < 1 - gap * 0.5; x += gap)
    for (const up of [true, false]) {
      const y = yAt(x);
      const edge = up ? 1 : 0;
      const open = through < 3 && random() < 0.22;
      if (open) through++;
      const end = open ? edge : up ? 0.93 - random() * 0.12 : 0.07 + random() * 0.12;
      const sway = (random() - 0.5) * gap * (open ? 0.5 : 0.35);
      out.push({
        kind: open ? "through" : "court",
        points: [
          [x, y],
          [x + sway, (y + end) / 2],
          [x + (open ? 0 : sway), end],
        ],
      });
    }
  return out;
}

/** A ring with streets across it, its gates on two to four sides, and courts in the corners. */
function ring(random: Random, gap: number): Sketch[] {
  const [rx, ry] = [0.33 + random() * 0.04, 0.33 + random() * 0.04];
  const ringAt = (a: number): XY => {
    const [c, s] = [Math.cos(a), Math.sin(a)];
    const r = (Math.abs(c) ** 3.2 + Math.abs(s) ** 3.2) ** (-1 / 3.2);
    return [0.5 + rx * r * c, 0.5 + ry * r * s];
  };
  const out: Sketch[] = [
    { kind: "loop", points: Array.from({ length: 25 }, (_, k) => ringAt((k / 24) * 2 * Math.PI)) },
  ];
  const first = Math.floor(random() * 4);
  for (let g = 0; g < 4; g++) {
    if (g !== first && g !== (first + 1) % 4 && random() < 0.4) continue;
    const a = (g * Math.PI) / 2;
    const p = ringAt(a);
    out.push({ kind: "through", points: [p, [0.5 + Math.cos(a) * 0.5, 0.5 + Math.sin(a) * 0.5]] });
  }
  for (let x = 0.5 - rx + gap; x < 0.5 + rx - gap * 0.5; x += gap) {
    const y = ry * (1 - Math.abs((x - 0.5) / rx) ** 3.2) ** (1 / 3.2);
    const bow = (random() - 0.5) * gap * 0.5;
    out.push({
      kind: "through",
      points: [
        [x, 0.5 - y],
        [x + bow, 0.5],
        [x, 0.5 + y],
      ],
    });
  }
  for (const [sx, sy] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    const p = ringAt(Math.atan2(sy, sx));
    out.push({ kind: "court", points: [p, [0.5 + sx * 0.42, 0.5 + sy * (0.38 + random() * 0.05)]] });
  }
  return out;
}

/** Wavy rows between two side streets. */
function rows(random: Random, gap: number): Sketch[] {
  const [left, right] = [0.1 + random() * 0.05, 0.85 + random() * 0.05];
  const phase = random() * 6;
  const wave = (x: number) => 0.022 * Math.sin(x * 7 + phase);
  const out: Sketch[] = [left, right].map((x) => ({
    kind: "through",
    points: [
      [x, 0],
      [x + 0.02, 0.35],
      [x - 0.02, 0.7],
      [x, 1],
    ],
  }));
  let gates = 0;
  for (let y = gap * 0.8; y < 1 - gap * 0.5; y += gap) {
    const gate = gates < 2 && random() < 0.25;
    if (gate) gates++;
    const stop = !gate && random() < 0.22;
    const from = gate ? 0 : left;
    const to = stop ? right - 0.1 - random() * 0.2 : right;
    out.push({
      kind: stop ? "court" : "through",
      points: Array.from(
        { length: 9 },
        (_, k): XY => [from + ((to - from) * k) / 8, y + (gate && k === 0 ? 0 : wave(from + ((to - from) * k) / 8))],
      ),
    });
  }
  return out;
}

/** One subdivision: a quarter section of winding streets, each with its own name. */
export function planSuburbCell(land: Land, cell: Cell, random: Random, names: NamePool): Planned[] {
  const gap = cell.kind === "estate" ? 0.2 : cell.density > 0.4 ? 0.104 : 0.122;
  const style = random();
  const sketches = style < 0.36 ? spine(random, gap) : style < 0.66 ? ring(random, gap) : rows(random, gap);
  const [turns, flip] = [Math.floor(random() * 4), random() < 0.5];
  const { zip } = land.zoneAt(land.warp(cell.centre));
  const place = ([x0, y0]: XY): XY => {
    let [x, y] = flip ? [1 - x0, y0] : [x0, y0];
    for (let t = 0; t < turns; t++) [x, y] = [1 - y, x];
    const fade = Math.min(1, Math.min(x, 1 - x, y, 1 - y) * 6);
    const [u, v] = [cell.u + x * CELL_M, cell.v + y * CELL_M];
    const sway = 46 * Math.max(0, fade);
    return land.warp([
      u + (noise(u / 260, v / 260, land.salt + 21) - 0.5) * sway,
      v + (noise(u / 260 + 90, v / 260, land.salt + 22) - 0.5) * sway,
    ]);
  };
  return sketches.flatMap((sketch): Planned[] => {
    const line: Line = curve(sketch.points.map(place), 22);
    if (lengthOf(line) < 45) return [];
    const from = 100 + 100 * Math.floor(random() * 60);
    return [
      {
        line,
        bridges: false,
        spec: { name: names.take(zip, SUFFIXES[sketch.kind]), cls: "residential", numbering: { from } },
      },
    ];
  });
}

/** Courtyards, yards and parking roads of a block that is not lived in. */
export function planServiceCell(land: Land, cell: Cell, random: Random, names: NamePool): Planned[] {
  const { zip } = land.zoneAt(land.warp(cell.centre));
  const industrial = cell.kind === "industrial";
  const at = 0.3 + random() * 0.4;
  const place = ([x, y]: XY): XY => land.warp([cell.u + x * CELL_M, cell.v + y * CELL_M]);
  const lines: XY[][] = industrial
    ? [
        [
          [0, at],
          [1, at],
        ],
        [
          [1 - at, 0],
          [1 - at, 1],
        ],
      ]
    : [
        [
          [0, 0.5],
          [0.22, 0.5],
        ],
        [
          [0.22, 0.22],
          [0.78, 0.22],
          [0.78, 0.78],
          [0.22, 0.78],
          [0.22, 0.22],
        ],
        [
          [0.5, 0],
          [0.5, 0.22],
        ],
        [
          [0.78, 0.5],
          [1, 0.5],
        ],
      ];
  const suffixes = industrial ? ["Dr", "Ct", "Pkwy"] : ["Way", "Dr"];
  const name = names.take(zip, suffixes);
  return lines.map((points, k) => {
    const dense = points.flatMap((p, n): XY[] => {
      const next = points[n + 1];
      return next
        ? [0, 0.25, 0.5, 0.75].map((t): XY => [p[0] + (next[0] - p[0]) * t, p[1] + (next[1] - p[1]) * t])
        : [p];
    });
    const own = industrial && k > 0 ? names.take(zip, suffixes) : name;
    return {
      line: dense.map(place),
      bridges: false,
      spec: { name: own, cls: industrial ? "unclassified" : "service", numbering: { from: 100 + k * 400 } },
    };
  });
}
