import { at, crossing, dist, type Line, lengthOf, lerp, type XY } from "../geometry";
import type { Street } from "../streets/street";
import { cellOf, type Segment, SegmentGrid } from "./segment-grid";

/** A stretch of one street between two junctions; `street` is its place in the list given. */
export type Stretch = { from: number; to: number; points: Line; street: number };
export type Junctions = { nodes: XY[]; stretches: Stretch[] };

/** A street's end this close to another street meets it. */
const SNAP_M = 9;
/** Junctions closer than this are one. */
const MERGE_M = 4;

type Cut = { index: number; t: number; point: XY };

/** Points with merging: asking for a point near a known one gives the known one. */
class NodeSet {
  readonly nodes: XY[] = [];
  private readonly cells = new Map<number, number[]>();
  private readonly key = (i: number, j: number) => (i + 40_000) * 80_000 + j + 40_000;

  idOf(p: XY): number {
    const [i, j] = [Math.floor(p[0] / MERGE_M), Math.floor(p[1] / MERGE_M)];
    for (let di = -1; di <= 1; di++)
      for (let dj = -1; dj <= 1; dj++)
        for (const id of this.cells.get(this.key(i + di, j + dj)) ?? [])
          if (dist(at(this.nodes, id), p) < MERGE_M) return id;
    const id = this.nodes.push(p) - 1;
    const cell = this.cells.get(this.key(i, j));
    if (cell) cell.push(id);
    else this.cells.set(this.key(i, j), [id]);
    return id;
  }
}

function cutAtCrossings(grid: SegmentGrid, cuts: Cut[][]): void {
  for (const [key, segments] of grid.cells)
    for (let x = 0; x < segments.length; x++)
      for (let y = x + 1; y < segments.length; y++) {
        const [p, q] = [at(segments, x), at(segments, y)];
        if (p.street === q.street && Math.abs(p.index - q.index) < 3) continue;
        const hit = crossing(p.a, p.b, q.a, q.b);
        if (!hit) continue;
        const point = lerp(p.a, p.b, hit.t);
        if (cellOf(point) !== key) continue;
        at(cuts, p.street).push({ index: p.index, t: hit.t, point });
        at(cuts, q.street).push({ index: q.index, t: hit.s, point });
      }
}

/** Moves a street's ends onto what they nearly touch, and cuts that street there. */
function snapEnds(streets: readonly Street[], grids: Record<"ground" | "freeway", SegmentGrid>, cuts: Cut[][]): void {
  streets.forEach((street, id) => {
    for (const end of [0, 1] as const) {
      const p = at(street.points, end === 0 ? 0 : -1);
      const withinM = street.layer === "ramp" ? SNAP_M * 2 : SNAP_M;
      const near = (s: Segment) => s.street !== id;
      const hit = grids[street.ends[end]].nearest(p, withinM, near);
      if (!hit) continue;
      const point = lerp(hit.segment.a, hit.segment.b, hit.t);
      at(cuts, hit.segment.street).push({ index: hit.segment.index, t: hit.t, point });
      if (hit.distanceM > 0.01) street.points[end === 0 ? 0 : street.points.length - 1] = point;
    }
  });
}

function stretchesOf(street: Street, id: number, cuts: Cut[], nodes: NodeSet): Stretch[] {
  const last = street.points.length - 2;
  const all: Cut[] = [
    { index: 0, t: 0, point: at(street.points, 0) },
    ...cuts,
    { index: last, t: 1, point: at(street.points, -1) },
  ];
  all.sort((a, b) => a.index - b.index || a.t - b.t);
  const out: Stretch[] = [];
  let previous = { cut: at(all, 0), node: nodes.idOf(at(all, 0).point) };
  for (const cut of all.slice(1)) {
    const node = nodes.idOf(cut.point);
    const middle = street.points.slice(previous.cut.index + 1, cut.index + 1);
    const points: Line = [at(nodes.nodes, previous.node), ...middle, at(nodes.nodes, node)];
    if (node === previous.node && lengthOf(points) < 60) continue;
    out.push({ from: previous.node, to: node, points: tidy(points), street: id });
    previous = { cut, node };
  }
  return out;
}

/** Without vertices that sit on top of each other. */
const tidy = (line: Line): Line =>
  line.filter(
    (p, i) => i === 0 || i === line.length - 1 || (dist(p, at(line, i - 1)) > 0.5 && dist(p, at(line, -1)) > 0.5),
  );

/** Turns a plan of crossing lines into junctions and the stretches between them. Moves street ends by up to 18 m. */
export function joinStreets(streets: readonly Street[]): Junctions {
  const grids = {
    ground: new SegmentGrid(streets, (s) => s.layer === "ground"),
    freeway: new SegmentGrid(streets, (s) => s.layer === "freeway"),
  };
  const cuts: Cut[][] = streets.map(() => []);
  snapEnds(streets, grids, cuts);
  cutAtCrossings(grids.ground, cuts);
  const nodes = new NodeSet();
  const stretches = streets.flatMap((street, id) => stretchesOf(street, id, at(cuts, id), nodes));
  return { nodes: nodes.nodes, stretches: withoutTwins(stretches) };
}

/** Two stretches that lie on each other are one. */
function withoutTwins(stretches: Stretch[]): Stretch[] {
  const seen = new Map<string, Line[]>();
  return stretches.filter((s) => {
    const key = s.from < s.to ? `${s.from}-${s.to}` : `${s.to}-${s.from}`;
    const others = seen.get(key);
    if (!others) {
      seen.set(key, [s.points]);
      return true;
    }
    const middle = at(s.points, Math.floor(s.points.length / 2));
    const twin = others.some(
      (o) => Math.abs(lengthOf(o) - lengthOf(s.points)) < 4 && o.some((p) => dist(p, middle) < 40),
    );
    if (!twin) others.push(s.points);
    return !twin;
  });
}
