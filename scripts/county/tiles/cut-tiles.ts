import { gzipSync } from "node:zlib";
import { WORLD } from "../projection";
import { Bytes } from "./bytes";
import { area2, type Box, clipLine, clipRing, type Path, simplify } from "./clip";
import {
  COLUMN,
  COLUMNS,
  type Features,
  type GeometryType,
  LAYERS,
  LINE,
  POINT,
  POLYGON,
  type Props,
} from "./feature-store";
import { EXTENT, TileLayer } from "./mvt";

export const MIN_ZOOM = 5;
export const MAX_ZOOM = 15;
/** Tiles of this zoom are the units of work; smaller zooms are one unit of their own. */
export const TASK_ZOOM = 12;
const BUFFER = 96;

export type CutTile = { z: number; x: number; y: number; bytes: Uint8Array };

const column = (f: Features, id: number, c: keyof typeof COLUMN): number => f.table[id * COLUMNS + COLUMN[c]] ?? 0;

/** Which tiles of one zoom each feature touches, buffer included: tile key (x * 2^z + y) to feature ids. */
export function binFeatures(
  f: Features,
  z: number,
  ids: Iterable<number>,
  within?: { x0: number; y0: number; x1: number; y1: number },
): Map<number, number[]> {
  const bins = new Map<number, number[]>();
  const size = WORLD / 2 ** z;
  const pad = (size * BUFFER) / EXTENT;
  const limits = within ?? { x0: 0, y0: 0, x1: 2 ** z - 1, y1: 2 ** z - 1 };
  for (const id of ids) {
    const x0 = Math.max(limits.x0, Math.floor((column(f, id, "minX") - pad) / size));
    const x1 = Math.min(limits.x1, Math.floor((column(f, id, "maxX") + pad) / size));
    const y0 = Math.max(limits.y0, Math.floor((column(f, id, "minY") - pad) / size));
    const y1 = Math.min(limits.y1, Math.floor((column(f, id, "maxY") + pad) / size));
    for (let x = x0; x <= x1; x++)
      for (let y = y0; y <= y1; y++) {
        const key = x * 2 ** z + y;
        const bin = bins.get(key);
        if (bin) bin.push(id);
        else bins.set(key, [id]);
      }
  }
  return bins;
}

/** Cuts tiles out of a set of features; remembers parsed properties between tiles. */
export class TileCutter {
  private readonly props: (Props | undefined)[] = [];
  constructor(private readonly f: Features) {}

  private propsOf(id: number): Props {
    const index = column(this.f, id, "props");
    return (this.props[index] ??= JSON.parse(this.f.props[index] ?? "{}") as Props);
  }

  /** One gzipped tile, or null when nothing is in it. */
  cut(z: number, x: number, y: number, ids: readonly number[]): CutTile | null {
    const size = WORLD / 2 ** z;
    const scale = EXTENT / size;
    const pad = BUFFER / scale;
    const box: Box = {
      minX: x * size - pad,
      minY: y * size - pad,
      maxX: (x + 1) * size + pad,
      maxY: (y + 1) * size + pad,
    };
    const layers = LAYERS.map((name) => new TileLayer(name));
    for (const id of ids) {
      if (column(this.f, id, "minZoom") > z) continue;
      const type = column(this.f, id, "type") as GeometryType;
      const paths = this.pathsOf(id, type, box, z).map((path) => quantise(path, x * size, y * size, scale, type));
      const whole = paths.filter((path) => path.length >= type * 2);
      if (whole.length > 0) layers[column(this.f, id, "layer")]?.add(type, whole, this.propsOf(id));
    }
    const used = layers.filter((layer) => layer.count > 0);
    if (used.length === 0) return null;
    const out = new Bytes(16_384);
    for (const layer of used) out.field(3, layer.bytes());
    return { z, x, y, bytes: gzipSync(out.bytes(), { level: 6 }) };
  }

  private pathsOf(id: number, type: GeometryType, box: Box, z: number): Path[] {
    const { f } = this;
    const out: Path[] = [];
    const inBox =
      column(f, id, "minX") >= box.minX &&
      column(f, id, "maxX") <= box.maxX &&
      column(f, id, "minY") >= box.minY &&
      column(f, id, "maxY") <= box.maxY;
    const unit = WORLD / 2 ** z / EXTENT;
    const tolerance = z === MAX_ZOOM ? unit * 0.6 : unit * 3;
    for (let part = column(f, id, "firstPart"); part < column(f, id, "endPart"); part++) {
      const path = f.coordinates.subarray(f.parts[part * 2] ?? 0, f.parts[part * 2 + 1] ?? 0);
      if (type === POINT) {
        if (inBox) out.push(Array.from(path));
      } else if (type === LINE) {
        const pieces = inBox ? [Array.from(path)] : clipLine(path, box);
        for (const piece of pieces) out.push(simplify(piece, tolerance));
      } else {
        const ring = inBox ? Array.from(path) : clipRing(path, box);
        if (Math.abs(area2(ring)) < unit * unit * 2 * 24) continue;
        out.push(ring.length > 10 ? simplify(ring, tolerance) : ring);
      }
    }
    return out;
  }
}

/** World units to tile units, without repeated points; rings are wound clockwise as the specification asks. */
function quantise(path: Path, originX: number, originY: number, scale: number, type: GeometryType): Path {
  const out: Path = [];
  for (let i = 0; i < path.length; i += 2) {
    const x = Math.round(((path[i] ?? 0) - originX) * scale);
    const y = Math.round(((path[i + 1] ?? 0) - originY) * scale);
    const n = out.length;
    if (n === 0 || out[n - 2] !== x || out[n - 1] !== y) out.push(x, y);
  }
  if (type !== POLYGON) return out;
  if (out.length > 2 && out[0] === out.at(-2) && out[1] === out.at(-1)) out.length -= 2;
  const area = area2(out);
  if (area === 0) return [];
  if (area > 0) return out;
  const reversed: Path = [];
  for (let i = out.length - 2; i >= 0; i -= 2) reversed.push(out[i] ?? 0, out[i + 1] ?? 0);
  return reversed;
}
