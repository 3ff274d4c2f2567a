import { beforeAll, describe, expect, test } from "vitest";
import { inventCounty } from "@/scripts/county/county";
import { seededRandom } from "@/scripts/county/random";
import { distanceM } from "@/server/domain/geo/lng-lat";
import { EdgeIndex } from "@/server/domain/roads/edge-index";
import { type Route, RouteFinder } from "@/server/domain/roads/find-route";
import { arcHead, arcsOf, isOneway, nodeAt, nodeCount, num, type RoadGraph } from "@/server/domain/roads/graph";
import { driveFor, hasArrived, layCourse, placeOf, startDriving } from "./drive";
import { newReceiver, takeFix } from "./gps";

let g: RoadGraph;
let finder: RouteFinder;
let index: EdgeIndex;
const random = seededRandom(11);
const somewhere = () => {
  const found = index.nearest(nodeAt(g, Math.floor(random() * nodeCount(g))), 200);
  if (!found) throw new Error("every node is on a road");
  return found;
};

beforeAll(() => {
  g = inventCounty(24, { countyM: 3000, outerM: 4200 }).graph;
  finder = new RouteFinder(g);
  index = new EdgeIndex(g);
}, 30_000);

/** Seconds to every node from a node, without a heuristic. */
function dijkstra(from: number): Float64Array {
  const { first, arcs } = arcsOf(g);
  const cost = new Float64Array(nodeCount(g)).fill(Number.POSITIVE_INFINITY);
  cost[from] = 0;
  const open = new Set([from]);
  while (open.size > 0) {
    let node = -1;
    for (const n of open) if (node < 0 || cost[n]! < cost[node]!) node = n;
    open.delete(node);
    for (let i = first[node]!; i < first[node + 1]!; i++) {
      const [to, edge] = [arcHead(g, arcs[i]!), arcs[i]! >> 1];
      const next = cost[node]! + num(g.edgeLengthM, edge) / num(g.edgeSpeedMps, edge);
      if (next < cost[to]!) {
        cost[to] = next;
        open.add(to);
      }
    }
  }
  return cost;
}

describe("a route", () => {
  test("is as fast as the fastest there is", () => {
    const e = 40;
    const costs = dijkstra(num(g.edgeFrom, e));
    const start = { edge: e, alongM: 0, point: nodeAt(g, num(g.edgeFrom, e)), distanceM: 0 };
    for (let k = 0; k < 40; k++) {
      const edge = Math.floor(random() * g.edgeFrom.length);
      if (edge === e) continue;
      const goal = { edge, alongM: 0, point: nodeAt(g, num(g.edgeFrom, edge)), distanceM: 0 };
      const own = isOneway(g, e) ? Number.POSITIVE_INFINITY : costs[num(g.edgeFrom, edge)]!;
      const viaEdge =
        num(g.edgeLengthM, e) / num(g.edgeSpeedMps, e) + dijkstraFrom(num(g.edgeTo, e))[num(g.edgeFrom, edge)]!;
      expect(finder.find(start, goal)?.durationS).toBeCloseTo(Math.min(own, viaEdge), 3);
    }
  });
  const cache = new Map<number, Float64Array>();
  const dijkstraFrom = (n: number) => cache.get(n) ?? cache.set(n, dijkstra(n)).get(n)!;

  test("is unbroken and never goes against a one-way street", () => {
    for (let k = 0; k < 60; k++) {
      const route = finder.find(somewhere(), somewhere());
      expect(route).not.toBeNull();
      for (const leg of route!.legs) if (isOneway(g, leg.edge)) expect(leg.toM).toBeGreaterThan(leg.fromM);
      const { points } = layCourse(g, route!, random);
      for (let i = 1; i < points.length; i++) expect(distanceM(points[i - 1]!, points[i]!)).toBeLessThan(200);
    }
  });

  test("along one edge needs no junction", () => {
    const at = somewhere();
    const route = finder.find({ ...at, alongM: 1 }, { ...at, alongM: num(g.edgeLengthM, at.edge) - 1 });
    expect(route?.legs.length).toBe(1);
  });
});

function longRoute(): Route {
  for (let k = 0; ; k++) {
    const route = finder.find(somewhere(), somewhere());
    if (route && route.lengthM > 2500) return route;
    if (k > 500) throw new Error("no long route");
  }
}

describe("driving", () => {
  test("arrives, at a speed a truck can have, without jumping", () => {
    const route = longRoute();
    let d = startDriving(layCourse(g, route, random));
    let [seconds, last, fastest] = [0, placeOf(d).point, 0];
    for (; !hasArrived(d) && seconds < 7200; seconds++) {
      d = driveFor(d, 1, 0.92);
      const { point } = placeOf(d);
      expect(distanceM(last, point)).toBeLessThan(32);
      [last, fastest] = [point, Math.max(fastest, d.speedMps)];
    }
    expect(hasArrived(d)).toBe(true);
    expect(seconds).toBeGreaterThan(route.durationS);
    expect(seconds).toBeLessThan(route.durationS * 3 + 120);
    expect(fastest).toBeGreaterThan(8);
    expect(d.speedMps).toBe(0);
  });

  test("fixes stay within a few metres of the truth and pass for real ones", () => {
    let receiver = newReceiver(random);
    const point = { lng: -89.38, lat: 40.62 };
    for (let k = 0; k < 200; k++) {
      const taken = takeFix(receiver, { point, headingDeg: 359, speedMps: 12, at: new Date(0) }, random);
      receiver = taken.receiver;
      expect(distanceM(point, { lng: taken.fix.lon, lat: taken.fix.lat })).toBeLessThan(20);
      expect(taken.fix.headingDeg).toBeGreaterThanOrEqual(0);
      expect(taken.fix.headingDeg).toBeLessThan(360);
      expect(taken.fix.accuracyM).toBeGreaterThan(0);
    }
  });
});

test("the nearest road is found, and none far from all", () => {
  const node = nodeAt(g, 10);
  expect(index.nearest(node, 50)?.distanceM).toBeLessThan(1);
  expect(index.nearest({ lng: -80, lat: 40 }, 500)).toBeNull();
});
