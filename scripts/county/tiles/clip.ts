/** A path as x, y, x, y, ... */
export type Path = number[];
export type Box = { minX: number; minY: number; maxX: number; maxY: number };

const num = (path: ArrayLike<number>, i: number): number => path[i] ?? 0;

/** The pieces of a line inside a box (Liang and Barsky, segment by segment). */
export function clipLine(path: ArrayLike<number>, box: Box): Path[] {
  const out: Path[] = [];
  let current: Path = [];
  for (let i = 0; i + 3 < path.length; i += 2) {
    const [x0, y0, x1, y1] = [num(path, i), num(path, i + 1), num(path, i + 2), num(path, i + 3)];
    const [dx, dy] = [x1 - x0, y1 - y0];
    let [t0, t1] = [0, 1];
    let visible = true;
    for (const [p, q] of [
      [-dx, x0 - box.minX],
      [dx, box.maxX - x0],
      [-dy, y0 - box.minY],
      [dy, box.maxY - y0],
    ] as const) {
      if (p === 0) visible &&= q >= 0;
      else if (p < 0) t0 = Math.max(t0, q / p);
      else t1 = Math.min(t1, q / p);
    }
    if (!visible || t0 > t1) {
      if (current.length > 0) out.push(current);
      current = [];
      continue;
    }
    if (current.length === 0) current.push(x0 + dx * t0, y0 + dy * t0);
    current.push(x0 + dx * t1, y0 + dy * t1);
    if (t1 < 1) {
      out.push(current);
      current = [];
    }
  }
  if (current.length > 0) out.push(current);
  return out.filter((piece) => piece.length >= 4);
}

/** The part of a ring inside a box (Sutherland and Hodgman); the ring has no closing point. */
export function clipRing(ring: ArrayLike<number>, box: Box): Path {
  let current: ArrayLike<number> = ring;
  for (const [axis, limit, keepsBelow] of [
    [0, box.minX, false],
    [0, box.maxX, true],
    [1, box.minY, false],
    [1, box.maxY, true],
  ] as const) {
    const next: Path = [];
    const n = current.length;
    for (let i = 0; i < n; i += 2) {
      const j = (i + 2) % n;
      const [a, b] = [num(current, i + axis), num(current, j + axis)];
      const aIn = keepsBelow ? a <= limit : a >= limit;
      const bIn = keepsBelow ? b <= limit : b >= limit;
      if (aIn) next.push(num(current, i), num(current, i + 1));
      if (aIn !== bIn) {
        const t = (limit - a) / (b - a);
        next.push(
          num(current, i) + (num(current, j) - num(current, i)) * t,
          num(current, i + 1) + (num(current, j + 1) - num(current, i + 1)) * t,
        );
      }
    }
    current = next;
    if (next.length === 0) return next;
  }
  return Array.from(current);
}

/** Drops vertices that move the line by less than `tolerance` (Douglas and Peucker); ends are kept. */
export function simplify(path: Path, tolerance: number): Path {
  const n = path.length / 2;
  if (n <= 2 || tolerance <= 0) return path;
  const keep = new Uint8Array(n);
  keep[0] = keep[n - 1] = 1;
  const stack: [number, number][] = [[0, n - 1]];
  const limit = tolerance * tolerance;
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    const [ax, ay, bx, by] = [num(path, from * 2), num(path, from * 2 + 1), num(path, to * 2), num(path, to * 2 + 1)];
    const [dx, dy] = [bx - ax, by - ay];
    const length2 = dx * dx + dy * dy;
    let [worst, index] = [limit, -1];
    for (let i = from + 1; i < to; i++) {
      const [px, py] = [num(path, i * 2) - ax, num(path, i * 2 + 1) - ay];
      const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
      const d2 = (px - dx * t) ** 2 + (py - dy * t) ** 2;
      if (d2 > worst) {
        worst = d2;
        index = i;
      }
    }
    if (index < 0) continue;
    keep[index] = 1;
    stack.push([from, index], [index, to]);
  }
  const out: Path = [];
  for (let i = 0; i < n; i++) if (keep[i]) out.push(num(path, i * 2), num(path, i * 2 + 1));
  return out;
}

/** Twice the signed area; positive is clockwise on a screen whose y grows downward. */
export function area2(ring: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += num(ring, i) * num(ring, j + 1) - num(ring, j) * num(ring, i + 1);
  }
  return sum;
}
