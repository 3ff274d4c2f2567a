import { Bytes } from "./bytes";
import type { Path } from "./clip";
import { type GeometryType, POINT, POLYGON, type Props } from "./feature-store";

export const EXTENT = 4096;
const zigzag = (n: number): number => (n >= 0 ? n * 2 : -n * 2 - 1);

/** One layer of a vector tile in the making. @see Mapbox Vector Tile Specification 2.1 */
export class TileLayer {
  private readonly features = new Bytes(4096);
  private readonly keys = new Map<string, number>();
  private readonly values = new Map<string | number | boolean, number>();
  private readonly geometry = new Bytes(256);
  private readonly tags = new Bytes(64);
  private readonly feature = new Bytes(512);
  count = 0;
  constructor(readonly name: string) {}

  /** @param paths - tile coordinates, 0 to 4096 with the buffer beyond; rings without a closing point, already wound */
  add(type: GeometryType, paths: readonly Path[], props: Props): void {
    const geometry = this.encode(type, paths);
    if (geometry.length === 0) return;
    this.tags.clear();
    for (const [key, value] of Object.entries(props)) {
      this.tags.varint(idOf(this.keys, key));
      this.tags.varint(idOf(this.values, value));
    }
    this.feature.clear();
    this.feature.field(2, this.tags.bytes());
    this.feature.tag(3, 0);
    this.feature.varint(type);
    this.feature.field(4, geometry.bytes());
    this.features.field(2, this.feature.bytes());
    this.count++;
  }

  private encode(type: GeometryType, paths: readonly Path[]): Bytes {
    const out = this.geometry;
    out.clear();
    let [x, y] = [0, 0];
    const move = (toX: number, toY: number) => {
      out.varint(zigzag(toX - x));
      out.varint(zigzag(toY - y));
      [x, y] = [toX, toY];
    };
    for (const path of paths) {
      const steps = path.length / 2 - 1;
      out.varint(9);
      move(path[0] ?? 0, path[1] ?? 0);
      if (type === POINT) continue;
      out.varint(steps * 8 + 2);
      for (let i = 2; i < path.length; i += 2) move(path[i] ?? 0, path[i + 1] ?? 0);
      if (type === POLYGON) out.varint(15);
    }
    return out;
  }

  bytes(): Uint8Array {
    const out = new Bytes(this.features.length + 512);
    out.text(1, this.name);
    out.raw(this.features.bytes());
    for (const key of this.keys.keys()) out.text(3, key);
    const value = new Bytes(64);
    for (const v of this.values.keys()) {
      value.clear();
      if (typeof v === "string") value.text(1, v);
      else if (typeof v === "boolean") {
        value.tag(7, 0);
        value.varint(v ? 1 : 0);
      } else if (Number.isInteger(v) && v >= 0) {
        value.tag(5, 0);
        value.varint(v);
      } else value.double(3, v);
      out.field(4, value.bytes());
    }
    out.tag(5, 0);
    out.varint(EXTENT);
    out.tag(15, 0);
    out.varint(2);
    return out.bytes();
  }
}

function idOf<K>(ids: Map<K, number>, key: K): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}
