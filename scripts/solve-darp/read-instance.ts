import { MAX_PLACES } from "@/server/domain/scheduling/places";
import type { ProblemInput, RequestInput, StopInput, VehicleInput } from "@/server/domain/scheduling/problem";

/** The bases of the variant with several depots: vehicle k starts and ends at base k mod 4. */
const BASES = [
  [-5, -5],
  [5, 5],
  [-5, 5],
  [5, -5],
] as const;

type Node = {
  x: number;
  y: number;
  serviceMin: number;
  earliest: number;
  latest: number;
  ride: number;
  load: number[];
};

/** An instance of the literature: `nodes[0]` is the depot, request i (from 1) is picked up at i, dropped off at i + n. */
export type Instance = { n: number; nodes: Node[]; vehicles: { limit: number; places: number[] }[] };

function numbers(text: string): number[][] {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/).map(Number));
  if (rows.some((row) => row.some((value) => !Number.isFinite(value)))) throw new Error("not a table of numbers");
  return rows;
}

/** Nodes by their number, which has to run from 0. */
function byNumber(rows: number[][], width: number, count: number, node: (row: number[]) => Node): Node[] {
  const nodes: Node[] = [];
  for (const row of rows) {
    const [id] = row;
    if (row.length !== width || id === undefined)
      throw new Error(`a node has ${row.length} columns instead of ${width}`);
    nodes[id] = node(row);
  }
  if (rows.length !== count || nodes.length !== count || Object.keys(nodes).length !== count)
    throw new Error(`nodes 0 to ${count - 1} are expected, each once`);
  return nodes;
}

/** One kind of rider: Cordeau & Laporte 2003 (`N = 2n` in the header) and Cordeau 2006 (`n`, and an end depot). */
function readUniform(header: number[], rows: number[][]): Instance {
  const [m = 0, count = 0, limit = 0, capacity = 0, ride = 0] = header;
  const n = rows.length === 2 * count + 2 ? count : count / 2;
  const depots = rows.length === 2 * count + 2 ? 2 : 1;
  if (!Number.isInteger(n)) throw new Error("an odd number of stops");
  const nodes = byNumber(
    rows,
    7,
    2 * n + depots,
    ([, x = 0, y = 0, serviceMin = 0, load = 0, earliest = 0, latest = 0]) => ({
      x,
      y,
      serviceMin,
      earliest,
      latest,
      ride,
      load: [load],
    }),
  );
  return { n, nodes, vehicles: Array.from({ length: m }, () => ({ limit, places: [capacity] })) };
}

/**
 * Limits on staff, seated, lying and wheelchair riders as limits on sums: who may take a better place competes with
 * those who need it (stretcher; stretcher + seated; stretcher + seated + staff; wheelchair).
 */
const chains = ([staff = 0, seated = 0, lying = 0, wheelchair = 0]: number[]): number[] => [
  lying,
  seated + lying,
  staff + seated + lying,
  wheelchair,
];

/** Four kinds of rider and vehicles that differ: Malheiros et al. 2021. */
function readMixed(header: number[], rows: number[][]): Instance {
  const [m = 0, n = 0] = header;
  const vehicles = rows.slice(0, m).map((row) => {
    const [limit, ...places] = row;
    if (limit === undefined || places.length !== 4) throw new Error("a vehicle has a limit and four numbers of places");
    return { limit, places: chains(places) };
  });
  const nodes = byNumber(rows.slice(m), 11, 2 * n + 2, (row) => {
    const [, x = 0, y = 0, serviceMin = 0, ride = 0, a = 0, b = 0, c = 0, d = 0, earliest = 0, latest = 0] = row;
    return { x, y, serviceMin, ride, earliest, latest, load: chains([a, b, c, d]) };
  });
  return { n, nodes, vehicles };
}

/**
 * Reads an instance in one of the three formats of the literature.
 * @throws Error when the text is none
 */
export function readInstance(text: string): Instance {
  const [header = [], ...rows] = numbers(text);
  if (!header.every((value) => value >= 0) || !header.slice(0, 2).every(Number.isInteger))
    throw new Error("the first line is no header");
  if (header.length === 5) return readUniform(header, rows);
  if (header.length === 2) return readMixed(header, rows);
  throw new Error(`the first line has ${header.length} numbers; 2 or 5 are expected`);
}

/** The instance as a day to plan. @param severalDepots - the variant with the four `BASES` */
export function problemOf({ n, nodes, vehicles }: Instance, severalDepots: boolean): ProblemInput {
  const [depot] = nodes;
  if (!depot) throw new Error("no depot");
  const end = nodes[2 * n + 1] ?? depot;
  const bases = severalDepots ? BASES.map(([x, y]) => ({ x, y })) : [];
  const points = [...nodes.slice(0, 2 * n + 1), end, ...bases];
  const minutes = Float64Array.from({ length: points.length ** 2 }, (_, cell) => {
    const [u, v] = [points[Math.floor(cell / points.length)], points[cell % points.length]];
    return u && v ? Math.hypot(u.x - v.x, u.y - v.y) : Number.NaN;
  });
  const stop = (place: number): StopInput => {
    const node = nodes[place] ?? depot;
    return { place, serviceMin: node.serviceMin, earliest: node.earliest, latest: node.latest };
  };
  const requests = Array.from({ length: n }, (_, at): RequestInput => {
    const pickup = nodes[at + 1] ?? depot;
    return {
      id: String(at + 1),
      pickup: stop(at + 1),
      dropoff: stop(at + 1 + n),
      maxRideMin: pickup.ride,
      riders: pickup.load,
    };
  });
  const fleet = vehicles.map(({ limit, places }, k): VehicleInput => {
    const home = 2 * n + 2 + (k % BASES.length);
    return {
      id: String(k),
      start: severalDepots ? home : 0,
      end: severalDepots ? home : 2 * n + 1,
      earliest: depot.earliest,
      latest: end.latest,
      maxRouteMin: limit,
      setUps: [places.map((count) => Math.min(count, MAX_PLACES))],
    };
  });
  return { requests, vehicles: fleet, travel: { size: points.length, minutes, cost: minutes } };
}
