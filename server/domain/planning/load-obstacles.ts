import { fits } from "@/server/domain/scheduling/places";
import type { Plan } from "@/server/domain/scheduling/plan";
import { PLACE_KINDS } from "@/server/domain/trips/vocabulary";
import { type Layout, toS } from "./layout";
import type { Obstacle } from "./types";

/** Riders of one kind in a packed load. */
const laneOf = (load: number, kind: number): number => (load >>> (8 * kind)) & 0x7f;

/** The kind that a load has too much of for a set-up (guarded), or -1. */
function tooMany(places: number, load: number): number {
  for (let kind = 0; kind <= PLACE_KINDS.length; kind++)
    if (laneOf(load, kind) > laneOf(places & 0x7f7f7f7f, kind)) return kind;
  return -1;
}

/** Loads of the run (from empty to empty) of a route around a node, with its nodes. */
function runAround(layout: Layout, route: readonly number[], node: number): { nodes: number[]; loads: number[] } {
  const { n, riders } = layout.problem;
  let run = { nodes: [] as number[], loads: [] as number[] };
  let [load, seen] = [0, false];
  for (const v of route) {
    if (v < 2 * n) load = (load + (v < n ? (riders[v] as number) : -(riders[v] as number))) | 0;
    if (v === node) seen = true;
    if (load === 0) {
      if (seen) return run;
      run = { nodes: [], loads: [] };
    } else {
      run.nodes.push(v);
      run.loads.push(load);
    }
  }
  return run;
}

/** Why the riders of a route with request p in it do not fit into vehicle k; null = they do. */
export function loadObstacle(
  layout: Layout,
  route: readonly number[],
  k: number,
  p: number,
  at: Float64Array,
): Obstacle | null {
  const choices = layout.problem.setUps[k] ?? [];
  const { nodes, loads } = runAround(layout, route, p);
  if (choices.some((places) => loads.every((load) => fits(places, load)))) return null;
  // Every set-up fails somewhere: the one that fails for the shortest stretch tells what is missing.
  let best: { kind: number; first: number; last: number } | null = null;
  for (const places of choices) {
    const bad = loads.flatMap((load, i) => (fits(places, load) ? [] : [i]));
    const [first = 0, last = 0] = [bad[0], bad.at(-1)];
    if (best === null || last - first < best.last - best.first)
      best = { kind: tooMany(places, loads[first] as number), first, last };
  }
  if (best === null) return null;
  const fromS = toS(at[nodes[best.first] as number] as number);
  const toEndS = toS(at[route[route.indexOf(nodes[best.last] as number) + 1] ?? 0] as number);
  const kind = PLACE_KINDS[best.kind];
  return kind ? { code: "no_place", kind, fromS, toS: toEndS } : { code: "not_shared", fromS, toS: toEndS };
}

/** The first trip that must not be aboard with request p, and would be. */
export function apartObstacle(layout: Layout, plan: Plan, route: readonly number[], p: number): Obstacle | null {
  const { n, apart } = layout.problem;
  const strangers = apart?.[p];
  if (!strangers?.some((other) => (plan.routeOf[other] as number) >= 0)) return null;
  const aboard = new Set<number>();
  let own = false;
  for (const v of route) {
    if (v === p + n) return null;
    if (v === p) own = true;
    else if (v < n && strangers.includes(v)) aboard.add(v);
    else if (v < 2 * n) aboard.delete(v - n);
    const [met] = aboard;
    if (own && met !== undefined) return { code: "apart", ref: layout.trips[met]?.ref ?? "" };
  }
  return null;
}

/** The first trip of those aboard with request p that bears fewer at once; null = nobody minds. */
export function crowdObstacle(layout: Layout, route: readonly number[], p: number): Obstacle | null {
  const { n, mostAboard } = layout.problem;
  if (mostAboard === null) return null;
  const aboard = new Set<number>();
  for (const v of route) {
    if (v === p + n) return null;
    if (v >= n) {
      aboard.delete(v - n);
      continue;
    }
    aboard.add(v);
    const minds = aboard.has(p) ? [...aboard].find((r) => aboard.size > (mostAboard[r] as number)) : undefined;
    if (minds !== undefined)
      return { code: "crowded", ref: layout.trips[minds]?.ref ?? "", most: mostAboard[minds] as number };
  }
  return null;
}
