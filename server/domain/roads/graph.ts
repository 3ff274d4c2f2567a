import type { LngLat } from "@/server/domain/geo/lng-lat";
import { ROAD_CLASSES, type RoadClass } from "./road-class";

/** Coordinates are stored as degrees times ten million. */
export const E7 = 1e7;
export const ONEWAY = 1;
export const BRIDGE = 2;

/**
 * A road network. Nodes are junctions; an edge runs from one node to another along its shape, which holds both ends.
 * All arrays named `edge...` have one value per edge; `houseNumbers` has four: left from, left to, right from, right to
 * (left and right of the edge's direction, 0 = none). Speeds are free-flow metres per second, lengths metres.
 */
export type RoadGraph = {
  nodeLonE7: Int32Array;
  nodeLatE7: Int32Array;
  edgeFrom: Uint32Array;
  edgeTo: Uint32Array;
  /** Place in ROAD_CLASSES. */
  edgeClass: Uint8Array;
  /** ONEWAY (passable from `edgeFrom` to `edgeTo` only), BRIDGE. */
  edgeFlags: Uint8Array;
  edgeSpeedMps: Float32Array;
  edgeLengthM: Float32Array;
  /** Places in `names`, `refs`, `places`, `zips`; 0 is the empty string. */
  edgeName: Uint32Array;
  edgeRef: Uint32Array;
  edgePlace: Uint32Array;
  edgeZip: Uint32Array;
  houseNumbers: Int32Array;
  /** Edge `e` has the vertices `shapeStart[e]` up to, not including, `shapeStart[e + 1]`. */
  shapeStart: Uint32Array;
  shapeLonE7: Int32Array;
  shapeLatE7: Int32Array;
  names: readonly string[];
  refs: readonly string[];
  places: readonly string[];
  zips: readonly string[];
};

/** A number of an array at an index known to exist. */
export const num = (array: ArrayLike<number>, index: number): number => {
  const value = array[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${array.length}`);
  return value;
};

export const nodeCount = (g: RoadGraph): number => g.nodeLonE7.length;
export const edgeCount = (g: RoadGraph): number => g.edgeFrom.length;
export const nodeAt = (g: RoadGraph, node: number): LngLat => ({
  lng: num(g.nodeLonE7, node) / E7,
  lat: num(g.nodeLatE7, node) / E7,
});
export const classOf = (g: RoadGraph, edge: number): RoadClass => ROAD_CLASSES[num(g.edgeClass, edge)] ?? "residential";
export const nameOf = (g: RoadGraph, edge: number): string => g.names[num(g.edgeName, edge)] ?? "";
export const isOneway = (g: RoadGraph, edge: number): boolean => (num(g.edgeFlags, edge) & ONEWAY) !== 0;

/** The vertices of an edge in its own direction. */
export function shapeOf(g: RoadGraph, edge: number): LngLat[] {
  const shape: LngLat[] = [];
  for (let i = num(g.shapeStart, edge); i < num(g.shapeStart, edge + 1); i++)
    shape.push({ lng: num(g.shapeLonE7, i) / E7, lat: num(g.shapeLatE7, i) / E7 });
  return shape;
}

/**
 * Ways out of each node. An arc is an edge in one direction: `edge * 2`, plus 1 when driven against the edge.
 * The arcs of node `n` are `arcs[first[n]]` up to, not including, `arcs[first[n + 1]]`.
 */
export type Arcs = { first: Uint32Array; arcs: Uint32Array };

export function arcsOf(g: RoadGraph): Arcs {
  const first = new Uint32Array(nodeCount(g) + 1);
  const each = (take: (node: number, arc: number) => void) => {
    for (let e = 0; e < edgeCount(g); e++) {
      take(num(g.edgeFrom, e), e * 2);
      if (!isOneway(g, e)) take(num(g.edgeTo, e), e * 2 + 1);
    }
  };
  each((node) => {
    first[node + 1] = num(first, node + 1) + 1;
  });
  for (let n = 0; n < nodeCount(g); n++) first[n + 1] = num(first, n + 1) + num(first, n);
  const next = first.slice();
  const arcs = new Uint32Array(num(first, nodeCount(g)));
  each((node, arc) => {
    arcs[num(next, node)] = arc;
    next[node] = num(next, node) + 1;
  });
  return { first, arcs };
}

export const arcEdge = (arc: number): number => arc >> 1;
export const arcBackward = (arc: number): boolean => (arc & 1) === 1;
/** The node an arc leads to. */
export const arcHead = (g: RoadGraph, arc: number): number =>
  num(arcBackward(arc) ? g.edgeFrom : g.edgeTo, arcEdge(arc));
