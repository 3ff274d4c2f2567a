import type { Problem } from "./problem";

/** Travel turned round: minutes and cost from node u to node v at [v * nodes + u]. */
export type Columns = { readonly time: Float64Array; readonly cost: Float64Array };

const known = new WeakMap<Problem, Columns>();

function turned(cells: Float64Array, nodes: number): Float64Array {
  const out = new Float64Array(cells.length);
  let same = true;
  for (let u = 0; u < nodes; u++)
    for (let v = 0; v < nodes; v++) {
      const value = cells[u * nodes + v] as number;
      out[v * nodes + u] = value;
      if (value !== cells[v * nodes + u]) same = false;
    }
  // A symmetric matrix is its own mirror image: one array less to hold in the processor's cache.
  return same ? cells : out;
}

/**
 * All ways that lead to one node lie side by side, as the trial of one request in all places needs them. Made once for
 * a problem.
 */
export function columnsOf(problem: Problem): Columns {
  const made = known.get(problem);
  if (made) return made;
  const time = turned(problem.time, problem.nodes);
  const cost = problem.cost === problem.time ? time : turned(problem.cost, problem.nodes);
  const columns = { time, cost };
  known.set(problem, columns);
  return columns;
}
