import type { Column, CoverSolver, Rows } from "./cover-solver";
import type { RoutePool } from "./route-pool";

/** Most routes that are added to the relaxed program at once, and the most times that this is done. */
const MOST_ADDED = 1500;
const MOST_ROUNDS = 60;

/** Longest times of the two stages, in seconds by `now` (milliseconds), and most routes that whole ones are chosen from. */
export type Limits = { relaxS: number; chooseS: number; most: number; now: () => number };

/**
 * `routes`: a better plan, by number in the pool; null when none was found. `bound`: no plan of these routes costs less.
 * `reduced`: what each route costs above what it is worth. `proven`: there is no better plan among the routes that were
 * looked at. `usable`: how many may be in a better plan.
 */
export type Combination = {
  routes: number[] | null;
  bound: number;
  reduced: Float64Array;
  proven: boolean;
  usable: number;
};

function rowsFor({ problem }: RoutePool): Rows {
  const { n, m, impossible, classOf } = problem;
  const classes = Math.max(0, ...classOf) + 1;
  const counts = Array.from({ length: classes }, () => 0);
  for (let k = 0; k < m; k++) counts[classOf[k] as number] = (counts[classOf[k] as number] ?? 0) + 1;
  const served = Array.from({ length: n }, (_, r) => (impossible.has(r) ? 0 : 1));
  return {
    lower: [...served, ...counts.map(() => Number.NEGATIVE_INFINITY)],
    upper: [...served.map(() => Number.POSITIVE_INFINITY), ...counts],
  };
}

function columnOf(pool: RoutePool, c: number): Column {
  const { n } = pool.problem;
  const rows = [...pool.stopsOf(c)].filter((v) => v < n);
  return { cost: pool.cost[c] as number, rows: [...rows, n + (pool.vehicleClass[c] as number)] };
}

/** What each route costs above what its requests and its vehicle are worth. */
function reducedCosts(pool: RoutePool, prices: Float64Array): Float64Array {
  const { n } = pool.problem;
  const { stops, first } = pool;
  const reduced = new Float64Array(pool.size);
  for (let c = 0; c < pool.size; c++) {
    let left = (pool.cost[c] as number) - (prices[n + (pool.vehicleClass[c] as number)] as number);
    const end = first[c + 1] as number;
    for (let at = first[c] as number; at < end; at++) {
      const v = stops[at] as number;
      if (v < n) left -= prices[v] as number;
    }
    reduced[c] = left;
  }
  return reduced;
}

function lowest(values: Float64Array, below: number, most: number): number[] {
  const chosen: number[] = [];
  for (let c = 0; c < values.length; c++) if ((values[c] as number) < below) chosen.push(c);
  if (chosen.length <= most) return chosen;
  return chosen.sort((a, b) => (values[a] as number) - (values[b] as number)).slice(0, most);
}

/** Solves the covering of all requests by fractions of routes, bringing routes in as their prices call for them. */
function relaxed(pool: RoutePool, solver: CoverSolver, rows: Rows, start: readonly number[], limits: Limits) {
  const { n, absences, impossible } = pool.problem;
  const endsAt = limits.now() + 1000 * limits.relaxS;
  const left = Array.from({ length: n }, (_, r) => r).filter((r) => !impossible.has(r));
  const program = solver.relax(rows);
  try {
    program.add(left.map((r) => ({ cost: absences[r] as number, rows: [r] })));
    const inside = new Set(start);
    program.add(start.map((c) => columnOf(pool, c)));
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = program.solve((endsAt - limits.now()) / 1000);
      if (found === null) return null;
      const reduced = reducedCosts(pool, found.prices);
      const wanted = lowest(reduced, -1e-6, MOST_ADDED).filter((c) => !inside.has(c));
      if (wanted.length === 0) return { bound: found.cost, reduced };
      for (const c of wanted) inside.add(c);
      program.add(wanted.map((c) => columnOf(pool, c)));
    }
    return null;
  } finally {
    program.close();
  }
}

/**
 * Looks for a plan among the routes of the pool that is cheaper than the one given. Routes that cannot be in such a plan,
 * by the prices of the relaxed program, are left out before whole ones are chosen.
 * @param incumbent - the best plan, as routes of the pool; may leave requests out
 * @param objective - what it costs, absences included
 */
export function combineRoutes(
  pool: RoutePool,
  solver: CoverSolver,
  incumbent: readonly number[],
  objective: number,
  limits: Limits,
): Combination | null {
  const rows = rowsFor(pool);
  const relaxation = relaxed(pool, solver, rows, incumbent, limits);
  if (relaxation === null) return null;
  const { bound, reduced } = relaxation;
  const usable = reduced.reduce((count, one) => (one < objective - bound - 1e-6 ? count + 1 : count), 0);
  if (bound >= objective - 1e-6) return { routes: null, bound, reduced, proven: true, usable };
  const { n, absences } = pool.problem;
  const candidates = [...new Set([...incumbent, ...lowest(reduced, objective - bound - 1e-6, limits.most)])];
  const covered = new Set(incumbent.flatMap((c) => [...pool.stopsOf(c)]));
  const absent = rows.lower.flatMap((least, r) => (r < n && least === 1 ? [r] : []));
  const columns = [
    ...candidates.map((c) => columnOf(pool, c)),
    ...absent.map((r): Column => ({ cost: absences[r] as number, rows: [r] })),
  ];
  const start = incumbent.map((_, at) => at);
  absent.forEach((r, at) => {
    if (!covered.has(r)) start.push(candidates.length + at);
  });
  const { columns: chosen, proven } = solver.choose(rows, columns, start, limits.chooseS);
  const routes = chosen === null ? null : chosen.flatMap((at) => candidates[at] ?? []);
  return { routes, bound, reduced, proven, usable };
}
