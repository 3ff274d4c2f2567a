import { distanceM } from "@/server/domain/geo/lng-lat";
import type { OnRoad } from "./edge-index";
import {
  type Arcs,
  arcBackward,
  arcEdge,
  arcHead,
  arcsOf,
  isOneway,
  nodeAt,
  nodeCount,
  num,
  type RoadGraph,
} from "./graph";

/** One edge driven from `fromM` to `toM`, both measured from the start of its shape; against it when `toM` is smaller. */
export type Leg = { edge: number; fromM: number; toM: number };
export type Route = { legs: Leg[]; lengthM: number; durationS: number };

const FASTEST_MPS = 29.2;
const tail = (g: RoadGraph, arc: number) => num(arcBackward(arc) ? g.edgeTo : g.edgeFrom, arcEdge(arc));
const seconds = (g: RoadGraph, edge: number, metres: number) => metres / num(g.edgeSpeedMps, edge);

/** Fastest ways through a road graph at free-flow speeds. Keeps its work arrays, so one instance serves one thread. */
export class RouteFinder {
  private readonly ways: Arcs;
  private readonly cost: Float64Array;
  private readonly via: Int32Array;
  private readonly stamp: Uint32Array;
  private run = 0;

  constructor(private readonly g: RoadGraph) {
    const n = nodeCount(g);
    this.ways = arcsOf(g);
    [this.cost, this.via, this.stamp] = [new Float64Array(n), new Int32Array(n), new Uint32Array(n)];
  }

  /**
   * The fastest way between two points on roads (A*).
   * @returns null when there is none
   * @see P. Hart, N. Nilsson, B. Raphael, "A Formal Basis for the Heuristic Determination of Minimum Cost Paths" (1968)
   */
  find(from: OnRoad, to: OnRoad): Route | null {
    const direct = from.edge === to.edge && (to.alongM >= from.alongM || !isOneway(this.g, from.edge));
    if (direct) return this.route([{ edge: from.edge, fromM: from.alongM, toM: to.alongM }]);
    const goals = this.goals(to);
    const reached = this.search(from, to, goals);
    return reached === null ? null : this.trace(from, to, reached);
  }

  /** Nodes from which the goal is a piece of one edge, with the seconds that piece takes. */
  private goals(to: OnRoad): Map<number, number> {
    const goals = new Map([[num(this.g.edgeFrom, to.edge), seconds(this.g, to.edge, to.alongM)]]);
    const back = seconds(this.g, to.edge, num(this.g.edgeLengthM, to.edge) - to.alongM);
    const end = num(this.g.edgeTo, to.edge);
    if (!isOneway(this.g, to.edge) && back < (goals.get(end) ?? Number.POSITIVE_INFINITY)) goals.set(end, back);
    return goals;
  }

  private search(from: OnRoad, to: OnRoad, goals: ReadonlyMap<number, number>): number | null {
    this.run++;
    const heap = new Heap();
    const ahead = (node: number) => distanceM(nodeAt(this.g, node), to.point) / FASTEST_MPS;
    const reach = (node: number, cost: number, via: number) => {
      if (this.stamp[node] === this.run && cost >= num(this.cost, node)) return;
      this.stamp[node] = this.run;
      this.cost[node] = cost;
      this.via[node] = via;
      heap.push(node, cost + ahead(node));
    };
    reach(
      num(this.g.edgeTo, from.edge),
      seconds(this.g, from.edge, num(this.g.edgeLengthM, from.edge) - from.alongM),
      -1,
    );
    if (!isOneway(this.g, from.edge))
      reach(num(this.g.edgeFrom, from.edge), seconds(this.g, from.edge, from.alongM), -2);
    let best: { node: number; cost: number } | null = null;
    for (let top = heap.pop(); top !== null; top = heap.pop()) {
      if (best && top.key >= best.cost) break;
      const cost = num(this.cost, top.value);
      if (top.key > cost + ahead(top.value) + 1e-6) continue;
      const last = goals.get(top.value);
      if (last !== undefined && cost + last < (best?.cost ?? Number.POSITIVE_INFINITY))
        best = { node: top.value, cost: cost + last };
      for (let i = num(this.ways.first, top.value); i < num(this.ways.first, top.value + 1); i++) {
        const arc = num(this.ways.arcs, i);
        reach(arcHead(this.g, arc), cost + seconds(this.g, arcEdge(arc), num(this.g.edgeLengthM, arcEdge(arc))), arc);
      }
    }
    return best?.node ?? null;
  }

  private trace(from: OnRoad, to: OnRoad, reached: number): Route {
    const legs: Leg[] = [
      {
        edge: to.edge,
        fromM: reached === num(this.g.edgeFrom, to.edge) ? 0 : num(this.g.edgeLengthM, to.edge),
        toM: to.alongM,
      },
    ];
    let node = reached;
    for (let arc = num(this.via, node); arc >= 0; arc = num(this.via, node)) {
      const length = num(this.g.edgeLengthM, arcEdge(arc));
      legs.push(
        arcBackward(arc)
          ? { edge: arcEdge(arc), fromM: length, toM: 0 }
          : { edge: arcEdge(arc), fromM: 0, toM: length },
      );
      node = tail(this.g, arc);
    }
    const end = num(this.via, node) === -1 ? num(this.g.edgeLengthM, from.edge) : 0;
    legs.push({ edge: from.edge, fromM: from.alongM, toM: end });
    return this.route(legs.toReversed());
  }

  private route(legs: Leg[]): Route {
    const driven = legs.filter((leg) => leg.fromM !== leg.toM);
    const metres = ({ fromM, toM }: Leg) => Math.abs(toM - fromM);
    return {
      legs: driven,
      lengthM: driven.reduce((sum, leg) => sum + metres(leg), 0),
      durationS: driven.reduce((sum, leg) => sum + seconds(this.g, leg.edge, metres(leg)), 0),
    };
  }
}

/** A binary heap of numbers by key, smallest first. */
class Heap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  push(value: number, key: number): void {
    let i = this.keys.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = num(this.keys, parent);
      if (above <= key) break;
      this.keys[i] = above;
      this.values[i] = num(this.values, parent);
      i = parent;
    }
    this.keys[i] = key;
    this.values[i] = value;
  }

  pop(): { value: number; key: number } | null {
    const [key, value] = [this.keys[0], this.values[0]];
    const [lastKey, lastValue] = [this.keys.pop(), this.values.pop()];
    if (key === undefined || value === undefined || lastKey === undefined || lastValue === undefined) return null;
    const n = this.keys.length;
    if (n === 0) return { value, key };
    let i = 0;
    for (let child = 1; child < n; child = 2 * i + 1) {
      if (child + 1 < n && num(this.keys, child + 1) < num(this.keys, child)) child++;
      if (num(this.keys, child) >= lastKey) break;
      this.keys[i] = num(this.keys, child);
      this.values[i] = num(this.values, child);
      i = child;
    }
    this.keys[i] = lastKey;
    this.values[i] = lastValue;
    return { value, key };
  }
}
