import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { distanceM } from "@/server/domain/geo/lng-lat";
import {
  arcHead,
  arcsOf,
  edgeCount,
  isOneway,
  nameOf,
  nodeAt,
  nodeCount,
  num,
  type RoadGraph,
  shapeOf,
} from "@/server/domain/roads/graph";
import { decodeRoadGraph, encodeRoadGraph } from "@/server/domain/roads/graph-file";
import { type County, inventCounty } from "./county";
import { type AddressRow, countyFiles } from "./files";
import { strongComponents } from "./network/connect";

const RADIUS_M = 4200;
const extent = { countyM: RADIUS_M, outerM: RADIUS_M * 1.5 };
let county: County;
let graph: RoadGraph;
let addresses: AddressRow[];

beforeAll(() => {
  county = inventCounty(24, extent);
  graph = county.graph;
  addresses = countyFiles(county, RADIUS_M)
    .addresses.trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AddressRow);
}, 60_000);

describe("the road graph", () => {
  test("leads from everywhere to everywhere, one-way streets obeyed", () => {
    const { first, arcs } = arcsOf(graph);
    const out = Array.from({ length: nodeCount(graph) }, (_, n) =>
      Array.from(arcs.subarray(num(first, n), num(first, n + 1)), (arc) => arcHead(graph, arc)),
    );
    expect(new Set(strongComponents(out)).size).toBe(1);
  });

  test("has freeways with ramps, one-way streets and bridges", () => {
    const classes = new Set(graph.edgeClass);
    expect([...classes]).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 6]));
    expect(
      Array.from({ length: edgeCount(graph) }, (_, e) => e).filter(
        (e) => isOneway(graph, e) && num(graph.edgeClass, e) > 1,
      ).length,
    ).toBeGreaterThan(50);
    expect(graph.edgeFlags.some((flags) => (flags & 2) !== 0)).toBe(true);
  });

  test("every edge's shape runs from its first node to its last and is as long as it says", () => {
    for (let e = 0; e < edgeCount(graph); e++) {
      const shape = shapeOf(graph, e);
      expect(distanceM(shape[0]!, nodeAt(graph, num(graph.edgeFrom, e)))).toBeLessThan(0.2);
      expect(distanceM(shape.at(-1)!, nodeAt(graph, num(graph.edgeTo, e)))).toBeLessThan(0.2);
      const length = shape.slice(1).reduce((sum, p, i) => sum + distanceM(shape[i]!, p), 0);
      expect(Math.abs(length - num(graph.edgeLengthM, e))).toBeLessThan(1 + length * 0.01);
      expect(num(graph.edgeSpeedMps, e)).toBeGreaterThan(5);
    }
  });

  test("survives being written and read", () => {
    const copy = decodeRoadGraph(encodeRoadGraph(graph));
    expect(copy).toEqual(graph);
    expect(decodeRoadGraph(Buffer.concat([Buffer.alloc(3), encodeRoadGraph(graph)]).subarray(3))).toEqual(graph);
    expect(() => decodeRoadGraph(encodeRoadGraph(graph).slice(0, -4000))).toThrow(RangeError);
    expect(() => decodeRoadGraph(new Uint8Array(100))).toThrow(RangeError);
  });
});

describe("addresses", () => {
  test("stand within 90 m of the edge they belong to, and carry its street name", () => {
    expect(addresses.length).toBeGreaterThan(3000);
    const far = addresses.filter((a) => {
      const shape = shapeOf(graph, a.edge);
      return toPolylineM({ lng: a.lon, lat: a.lat }, shape) > 90 || nameOf(graph, a.edge) !== a.street;
    });
    expect(far.filter((a) => !county.facilities.some((f) => f.address.startsWith(`${a.number} ${a.street},`)))).toEqual(
      [],
    );
  });

  test("are unique within their ZIP code", () => {
    expect(new Set(addresses.map((a) => `${a.number}|${a.street}|${a.zip}`)).size).toBe(addresses.length);
  });

  test("lie within the number range of their side of the edge", () => {
    const outside = addresses.filter((a) => {
      const ranges = [0, 1, 2, 3].map((k) => num(graph.houseNumbers, a.edge * 4 + k));
      return a.number < Math.min(...ranges) - 2 || a.number > Math.max(...ranges) + 2;
    });
    expect(outside).toEqual([]);
  });
});

test("the same seed gives the same county, another seed another", () => {
  const digest = (seed: number) => {
    const c = inventCounty(seed, { countyM: 1500, outerM: 2000 });
    const { table, coordinates, props } = c.features.share();
    const hash = createHash("sha256").update(encodeRoadGraph(c.graph)).update(countyFiles(c, 1500).addresses);
    return hash.update(table).update(coordinates).update(props.join()).digest("hex");
  };
  expect(digest(5)).toBe(digest(5));
  expect(digest(6)).not.toBe(digest(5));
}, 30_000);

function toPolylineM(p: { lng: number; lat: number }, shape: { lng: number; lat: number }[]): number {
  const scale = Math.cos((p.lat * Math.PI) / 180);
  return Math.min(
    ...shape.slice(1).map((b, i) => {
      const a = shape[i]!;
      const [ax, ay, bx, by] = [(a.lng - p.lng) * scale, a.lat - p.lat, (b.lng - p.lng) * scale, b.lat - p.lat].map(
        (d) => d * 111_195,
      ) as [number, number, number, number];
      const [dx, dy] = [bx - ax, by - ay];
      const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(ax + dx * t, ay + dy * t);
    }),
  );
}
