import type { XY } from "../geometry";
import { toWorld } from "../projection";

/** Layers of the Protomaps basemap schema, version 4, in drawing order. */
export const LAYERS = ["landcover", "landuse", "water", "roads", "buildings", "boundaries", "pois", "places"] as const;
export type LayerName = (typeof LAYERS)[number];
export type Props = Record<string, string | number | boolean>;
export const POINT = 1;
export const LINE = 2;
export const POLYGON = 3;
export type GeometryType = typeof POINT | typeof LINE | typeof POLYGON;

/** Everything tiles are cut from, in buffers that threads can share. Columns of `table` are named by COLUMN. */
export type Features = {
  count: number;
  table: Int32Array;
  parts: Int32Array;
  coordinates: Int32Array;
  props: readonly string[];
};
export const COLUMN = {
  layer: 0,
  type: 1,
  minZoom: 2,
  props: 3,
  firstPart: 4,
  endPart: 5,
  minX: 6,
  minY: 7,
  maxX: 8,
  maxY: 9,
} as const;
export const COLUMNS = 10;

/** Collects map features as integers in Web Mercator (see `toWorld`). */
export class FeatureStore {
  private readonly table: number[] = [];
  private readonly parts: number[] = [];
  private readonly coordinates: number[] = [];
  private readonly props: string[] = [];
  private readonly propIds = new Map<string, number>();
  count = 0;

  private add(
    layer: LayerName,
    type: GeometryType,
    parts: readonly (readonly XY[])[],
    minZoom: number,
    props: Props,
  ): void {
    const key = JSON.stringify(props);
    let id = this.propIds.get(key);
    if (id === undefined) {
      id = this.props.push(key) - 1;
      this.propIds.set(key, id);
    }
    const firstPart = this.parts.length / 2;
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const part of parts) {
      const start = this.coordinates.length;
      for (const p of part) {
        const [x, y] = toWorld(p);
        this.coordinates.push(x, y);
        minX = Math.min(minX, x);
        maxX = Math.max(maxX, x);
        minY = Math.min(minY, y);
        maxY = Math.max(maxY, y);
      }
      this.parts.push(start, this.coordinates.length);
    }
    this.table.push(LAYERS.indexOf(layer), type, minZoom, id, firstPart, this.parts.length / 2, minX, minY, maxX, maxY);
    this.count++;
  }

  point(layer: LayerName, at: XY, minZoom: number, props: Props): void {
    this.add(layer, POINT, [[at]], minZoom, props);
  }
  line(layer: LayerName, line: readonly XY[], minZoom: number, props: Props): void {
    this.add(layer, LINE, [line], minZoom, props);
  }
  /** @param ring - without the closing point */
  polygon(layer: LayerName, ring: readonly XY[], minZoom: number, props: Props): void {
    this.add(layer, POLYGON, [ring], minZoom, props);
  }

  /** The collected features in shared memory. */
  share(): Features {
    const shared = (from: number[]) => {
      const array = new Int32Array(new SharedArrayBuffer(from.length * 4));
      array.set(from);
      return array;
    };
    return {
      count: this.count,
      table: shared(this.table),
      parts: shared(this.parts),
      coordinates: shared(this.coordinates),
      props: this.props,
    };
  }
}
