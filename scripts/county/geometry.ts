/** Metres east and north of the county's centre. */
export type XY = readonly [number, number];
export type Line = XY[];

export const dist = (a: XY, b: XY): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
export const lerp = (a: XY, b: XY, t: number): XY => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** The element at an index known to exist; a wrong index is a bug and says so. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index < 0 ? items.length + index : index];
  if (item === undefined) throw new RangeError(`no element ${index} of ${items.length}`);
  return item;
}

/** A straight line cut into `pieces` equal segments. */
export const segment = (a: XY, b: XY, pieces: number): Line =>
  Array.from({ length: pieces + 1 }, (_, k) => lerp(a, b, k / pieces));

export function lengthOf(line: readonly XY[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += dist(at(line, i - 1), at(line, i));
  return sum;
}

/** A smooth curve through the given points (Catmull-Rom), with a vertex about every `stepM` metres. */
export function curve(through: readonly XY[], stepM: number): Line {
  const out: Line = [];
  for (let i = 0; i < through.length - 1; i++) {
    const p1 = at(through, i);
    const p2 = at(through, i + 1);
    const p0 = through[i - 1] ?? p1;
    const p3 = through[i + 2] ?? p2;
    const pieces = Math.max(2, Math.ceil(dist(p1, p2) / stepM));
    const spline = (d: 0 | 1, t: number) =>
      0.5 *
      (2 * p1[d] +
        (p2[d] - p0[d]) * t +
        (2 * p0[d] - 5 * p1[d] + 4 * p2[d] - p3[d]) * t * t +
        (3 * p1[d] - p0[d] - 3 * p2[d] + p3[d]) * t * t * t);
    for (let k = 0; k < pieces; k++) out.push([spline(0, k / pieces), spline(1, k / pieces)]);
  }
  out.push(at(through, -1));
  return out;
}

/** Unit vector along the line at vertex `i`. */
export function directionAt(line: readonly XY[], i: number): XY {
  const a = line[Math.max(0, i - 1)] ?? at(line, 0);
  const b = line[Math.min(line.length - 1, i + 1)] ?? at(line, -1);
  const d = dist(a, b) || 1;
  return [(b[0] - a[0]) / d, (b[1] - a[1]) / d];
}

/** The line moved sideways: positive metres to the left of its direction; a function gives the offset per vertex. */
export const offset = (line: readonly XY[], by: number | ((i: number) => number)): Line =>
  line.map((p, i) => {
    const [dx, dy] = directionAt(line, i);
    const m = typeof by === "number" ? by : by(i);
    return [p[0] - dy * m, p[1] + dx * m];
  });

/** Point and unit direction at `atM` metres along the line. */
export function along(line: readonly XY[], atM: number): { point: XY; direction: XY; index: number } {
  let left = atM;
  for (let i = 1; i < line.length; i++) {
    const a = at(line, i - 1);
    const b = at(line, i);
    const d = dist(a, b);
    if (left <= d || i === line.length - 1) {
      const t = d === 0 ? 0 : Math.max(0, Math.min(1, left / d));
      return { point: lerp(a, b, t), direction: [(b[0] - a[0]) / (d || 1), (b[1] - a[1]) / (d || 1)], index: i - 1 };
    }
    left -= d;
  }
  return { point: at(line, 0), direction: [1, 0], index: 0 };
}

/** Where two segments cross, as fractions along each, or null. */
export function crossing(a: XY, b: XY, c: XY, d: XY): { t: number; s: number } | null {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const denominator = rx * sy - ry * sx;
  if (Math.abs(denominator) < 1e-9) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / denominator;
  const s = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / denominator;
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? { t, s } : null;
}

/** The nearest point of a segment, as a fraction along it and a distance in metres. */
export function nearestOnSegment(p: XY, a: XY, b: XY): { t: number; distanceM: number } {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const l2 = dx * dx + dy * dy;
  const t = l2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / l2));
  return { t, distanceM: Math.hypot(a[0] + dx * t - p[0], a[1] + dy * t - p[1]) };
}

/** Even-odd test. */
export function inside(p: XY, ring: readonly XY[]): boolean {
  let isIn = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = at(ring, i);
    const b = at(ring, j);
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) isIn = !isIn;
  }
  return isIn;
}

/** The parts of a line on which `state` answers the same, cut where it changes (to about a metre). */
export function splitBy<S>(line: readonly XY[], state: (p: XY) => S): { points: Line; state: S }[] {
  const parts: { points: Line; state: S }[] = [];
  const first = at(line, 0);
  let current = { points: [first] as Line, state: state(first) };
  for (let i = 1; i < line.length; i++) {
    const p = at(line, i);
    const next = state(p);
    if (next !== current.state) {
      let low = at(line, i - 1);
      let high = p;
      for (let k = 0; k < 7; k++) {
        const middle = lerp(low, high, 0.5);
        if (state(middle) === current.state) low = middle;
        else high = middle;
      }
      current.points.push(low);
      parts.push(current);
      current = { points: [low], state: next };
    }
    current.points.push(p);
  }
  parts.push(current);
  return parts.filter((part) => part.points.length > 1);
}
