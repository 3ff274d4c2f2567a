import { Plan } from "./plan";
import type { Problem } from "./problem";

/** What a route gets shorter by when a request is taken out. */
function saved({ n, nodes, cost }: Problem, stops: readonly number[], r: number): number {
  const at = (u: number | undefined, v: number | undefined) =>
    u === undefined || v === undefined ? 0 : (cost[u * nodes + v] as number);
  const length = (list: readonly number[]) => list.reduce((sum, v, i) => sum + at(list[i - 1], v), 0);
  return length(stops) - length(stops.filter((v) => v !== r && v !== r + n));
}

/**
 * A plan of chosen routes. A request that several serve stays where leaving it out would save least; routes go to
 * vehicles of their class.
 * @param chosen - routes with the class of their vehicle, no more of a class than it has vehicles
 */
export function assemblePlan(problem: Problem, chosen: readonly { vehicleClass: number; stops: number[] }[]): Plan {
  const { n, m, classOf } = problem;
  const free = Array.from({ length: m }, (_, k) => k);
  const routes = chosen.map(({ vehicleClass, stops }) => {
    const at = free.findIndex((k) => classOf[k] === vehicleClass);
    const [k = -1] = at < 0 ? [] : free.splice(at, 1);
    return { k, stops: stops.slice() };
  });
  const withEnds = ({ k, stops }: { k: number; stops: number[] }) => [2 * n + k, ...stops, 2 * n + m + k];
  for (let r = 0; r < n; r++) {
    const serving = routes.filter(({ stops }) => stops.includes(r));
    if (serving.length < 2) continue;
    const gains = new Map(serving.map((route) => [route, saved(problem, withEnds(route), r)]));
    serving.sort((a, b) => (gains.get(a) ?? 0) - (gains.get(b) ?? 0));
    for (const route of serving.slice(1)) route.stops = route.stops.filter((v) => v !== r && v !== r + n);
  }
  const plan = new Plan(problem);
  for (const { k, stops } of routes) if (k >= 0 && stops.length > 0) plan.setRoute(k, stops);
  return plan;
}
