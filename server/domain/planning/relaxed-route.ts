import { mateOf, type Problem } from "@/server/domain/scheduling/problem";
import { EPSILON } from "@/server/domain/scheduling/schedule";

/** How often one ride may set the walk back: enough to shorten it, and an end in any case. */
const SETBACKS_PER_RIDE = 2;

/**
 * The schedule of a route that may break rules: as early as possible, with pickups moved later only as far as their own
 * windows allow. What it breaks tells what stands in the way.
 */
export class RelaxedRoute {
  /** Beginning of service by node, after `walk`. */
  readonly at: Float64Array;
  /** When the vehicle has to leave for its first stop, after `walk`. */
  private leaveBy = 0;
  private readonly setbacks: Uint8Array;
  private readonly position: Int32Array;

  constructor(private readonly problem: Problem) {
    this.at = new Float64Array(problem.nodes);
    this.setbacks = new Uint8Array(problem.nodes);
    this.position = new Int32Array(problem.nodes);
  }

  /** @param route - nodes with both ends of the vehicle */
  walk(route: readonly number[]): void {
    const { n, nodes, time, service, open, close, maxRide, floating } = this.problem;
    const { at, setbacks, position } = this;
    route.forEach((v, here) => {
      at[v] = open[v] as number;
      setbacks[v] = 0;
      position[v] = here;
    });
    let row = 0;
    for (let here = 0; here < route.length - 1; here++) {
      const [u, v] = [route[here] as number, route[here + 1] as number];
      if (floating[u] === 0) row = u * nodes;
      const arrive = (at[u] as number) + (service[u] as number) + (time[row + v] as number);
      if (arrive > (at[v] as number)) at[v] = arrive;
      if (v < n || v >= 2 * n) continue;
      const p = v - n;
      const wanted = Math.min(
        (at[v] as number) - (maxRide[p] as number) - (service[p] as number),
        Math.max(close[p] as number, at[p] as number),
      );
      if (wanted <= (at[p] as number) + EPSILON || (setbacks[v] as number) >= SETBACKS_PER_RIDE) continue;
      setbacks[v] = (setbacks[v] as number) + 1;
      at[p] = wanted;
      here = (position[p] as number) - 1;
      row = p * nodes;
    }
    const [start = 0, first = 0] = route;
    this.leaveBy = (at[first] as number) - (time[start * nodes + first] as number);
  }

  /** Minutes after the window of a node. */
  lateMin(v: number): number {
    return Math.max(0, (this.at[v] as number) - (this.problem.close[v] as number) - EPSILON);
  }

  /** Minutes that the ride ending at drop-off d is too long. */
  rideExcessMin(d: number): number {
    const { n, service, maxRide } = this.problem;
    const p = mateOf(n, d);
    const ride = (this.at[d] as number) - (this.at[p] as number) - (service[p] as number);
    return Math.max(0, ride - (maxRide[p] as number) - EPSILON);
  }

  /** Minutes that a walked route is too long, if its vehicle leaves as late as its first stop allows. */
  routeExcessMin(start: number, end: number, limitMin: number): number {
    const latest = Math.min(this.problem.close[start] as number, this.leaveBy);
    return Math.max(0, (this.at[end] as number) - Math.max(this.at[start] as number, latest) - limitMin - EPSILON);
  }
}
