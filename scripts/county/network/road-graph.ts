import { BRIDGE, ONEWAY, type RoadGraph } from "@/server/domain/roads/graph";
import { FREE_FLOW_MPS, ROAD_CLASSES, type RoadClass } from "@/server/domain/roads/road-class";
import type { Zone } from "../gazetteer";
import { at, lengthOf, type XY } from "../geometry";
import { type HouseNumbers, houseNumbers } from "../house-numbers";
import type { Land } from "../land";
import type { Plan } from "../plan";
import { toLngLat } from "../projection";

/** Strings numbered in order of appearance; the empty string is 0. */
class Table {
  readonly values = [""];
  private readonly ids = new Map([["", 0]]);
  id(value: string): number {
    const known = this.ids.get(value);
    if (known !== undefined) return known;
    this.ids.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** Free-flow speed where the road runs: slower in the city's blocks, faster between fields. */
function speedMps(cls: RoadClass, density: number): number {
  const base = FREE_FLOW_MPS[cls];
  if (cls === "motorway" || cls === "motorway_link") return base;
  if (cls === "primary") return density > 0.8 ? 13.4 : density > 0.2 ? 17.9 : 24.6;
  if (cls === "unclassified" && density > 0.1) return 13.4;
  return density > 0.85 ? base * 0.85 : base;
}

const degrees7 = (p: XY): [number, number] => {
  const [lng, lat] = toLngLat(p);
  return [Math.round(lng * 1e7), Math.round(lat * 1e7)];
};

/** The plan's network as a graph; edge `e` is stretch `e`, nodes without an edge are left out. */
export function roadGraph(
  land: Land,
  plan: Plan,
  zones: readonly Zone[],
  numbers: readonly (HouseNumbers | undefined)[],
): RoadGraph {
  const { stretches } = plan;
  const nodeIds = new Map<number, number>();
  const nodeOf = (n: number): number => {
    const known = nodeIds.get(n);
    if (known !== undefined) return known;
    nodeIds.set(n, nodeIds.size);
    return nodeIds.size - 1;
  };
  const [names, refs, places, zips] = [new Table(), new Table(), new Table(), new Table()];
  const street = stretches.map((s) => at(plan.streets, s.street));
  const shapes = stretches.map((s) => s.points.map(degrees7));
  const shapeStart = new Uint32Array(stretches.length + 1);
  shapes.forEach((shape, e) => {
    shapeStart[e + 1] = (shapeStart[e] ?? 0) + shape.length;
  });
  const flat = shapes.flat();
  const edgeFrom = Uint32Array.from(stretches, (s) => nodeOf(s.from));
  const edgeTo = Uint32Array.from(stretches, (s) => nodeOf(s.to));
  const nodes = [...nodeIds.keys()].map((n) => degrees7(at(plan.nodes, n)));
  return {
    nodeLonE7: Int32Array.from(nodes, (p) => p[0]),
    nodeLatE7: Int32Array.from(nodes, (p) => p[1]),
    edgeFrom,
    edgeTo,
    edgeClass: Uint8Array.from(street, (s) => ROAD_CLASSES.indexOf(s.cls)),
    edgeFlags: Uint8Array.from(street, (s) => (s.oneway ? ONEWAY : 0) | (s.bridge ? BRIDGE : 0)),
    edgeSpeedMps: Float32Array.from(stretches, (s, e) =>
      speedMps(at(street, e).cls, land.density(land.unwarp(at(s.points, Math.floor(s.points.length / 2))))),
    ),
    edgeLengthM: Float32Array.from(stretches, (s) => lengthOf(s.points)),
    edgeName: Uint32Array.from(street, (s) => names.id(s.name)),
    edgeRef: Uint32Array.from(street, (s) => refs.id(s.ref)),
    edgePlace: Uint32Array.from(zones, (z) => places.id(z.place)),
    edgeZip: Uint32Array.from(zones, (z) => zips.id(z.zip)),
    houseNumbers: Int32Array.from(numbers.flatMap((n) => houseNumbers.ranges(n))),
    shapeStart,
    shapeLonE7: Int32Array.from(flat, (p) => p[0]),
    shapeLatE7: Int32Array.from(flat, (p) => p[1]),
    names: names.values,
    refs: refs.values,
    places: places.values,
    zips: zips.values,
  };
}
