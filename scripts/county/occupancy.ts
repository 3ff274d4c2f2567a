import { at, dist, lerp, type XY } from "./geometry";

const CELL_M = 5;

/** What ground is taken: a bitmap of 5 m squares, so that no house stands on a road, in water or in another house. */
export class Occupancy {
  private readonly size: number;
  private readonly bits: Uint8Array;

  constructor(private readonly halfM: number) {
    this.size = Math.ceil((halfM * 2) / CELL_M);
    this.bits = new Uint8Array(Math.ceil((this.size * this.size) / 8));
  }

  private set(i: number, j: number): void {
    if (i < 0 || j < 0 || i >= this.size || j >= this.size) return;
    const k = j * this.size + i;
    this.bits[k >> 3] = (this.bits[k >> 3] ?? 0) | (1 << (k & 7));
  }

  private taken(i: number, j: number): boolean {
    if (i < 0 || j < 0 || i >= this.size || j >= this.size) return true;
    const k = j * this.size + i;
    return (((this.bits[k >> 3] ?? 0) >> (k & 7)) & 1) === 1;
  }

  private cell(m: number): number {
    return Math.floor((m + this.halfM) / CELL_M);
  }

  /** Takes a strip along a line. */
  takeLine(line: readonly XY[], halfWidthM: number): void {
    const r = Math.max(0, Math.round(halfWidthM / CELL_M - 0.5));
    for (let k = 1; k < line.length; k++) {
      const [a, b] = [at(line, k - 1), at(line, k)];
      const steps = Math.max(1, Math.ceil(dist(a, b) / CELL_M));
      for (let s = 0; s <= steps; s++) {
        const p = lerp(a, b, s / steps);
        const [i, j] = [this.cell(p[0]), this.cell(p[1])];
        for (let di = -r; di <= r; di++) for (let dj = -r; dj <= r; dj++) this.set(i + di, j + dj);
      }
    }
  }

  /** Takes the inside of a ring (scan lines). */
  takeRing(ring: readonly XY[]): void {
    const ys = ring.map((p) => p[1]);
    const [j0, j1] = [Math.max(0, this.cell(Math.min(...ys))), Math.min(this.size - 1, this.cell(Math.max(...ys)))];
    for (let j = j0; j <= j1; j++) {
      const y = (j + 0.5) * CELL_M - this.halfM;
      const xs: number[] = [];
      ring.forEach((a, k) => {
        const b = at(ring, (k + 1) % ring.length);
        if (a[1] > y !== b[1] > y) xs.push(a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]));
      });
      xs.sort((p, q) => p - q);
      for (let k = 0; k + 1 < xs.length; k += 2)
        for (let i = Math.max(0, this.cell(at(xs, k))); i <= Math.min(this.size - 1, this.cell(at(xs, k + 1))); i++)
          this.set(i, j);
    }
  }

  /** Is everything along a ring, and half way to its middle, free? */
  isRingFree(ring: readonly XY[], middle: XY): boolean {
    return ring.every((p) =>
      [1, 0.75, 0.5, 0.25, 0].every((t) => {
        const q = lerp(middle, p, t);
        return !this.taken(this.cell(q[0]), this.cell(q[1]));
      }),
    );
  }

  /** Takes an upright or turned rectangle if all of it is free. `direction` is the unit vector of its width. */
  claim(centre: XY, direction: XY, halfWidthM: number, halfDepthM: number, marginM: number): boolean {
    const [dx, dy] = direction;
    const cells: [number, number][] = [];
    const [nw, nd] = [Math.ceil((halfWidthM * 2) / 3.5), Math.ceil((halfDepthM * 2) / 3.5)];
    const [w, d] = [halfWidthM + marginM, halfDepthM + marginM];
    for (let a = 0; a <= nw; a++)
      for (let b = 0; b <= nd; b++) {
        const [s, t] = [-w + (2 * w * a) / nw, -d + (2 * d * b) / nd];
        const [i, j] = [this.cell(centre[0] + dx * s - dy * t), this.cell(centre[1] + dy * s + dx * t)];
        if (this.taken(i, j)) return false;
        cells.push([i, j]);
      }
    for (const [i, j] of cells) this.set(i, j);
    return true;
  }
}
