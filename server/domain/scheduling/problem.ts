import type { Packed } from "./places";

/** Minutes since the day's origin, and minutes of duration: fractions allowed. */
type Minutes = number;

/** One end of a ride: where it is (index into the travel matrix), when service may begin, how long it takes. */
export type StopInput = { place: number; serviceMin: Minutes; earliest: Minutes; latest: Minutes };

export type RequestInput = {
  id: string;
  pickup: StopInput;
  dropoff: StopInput;
  /** Longest time from the end of service at the pickup to the beginning of service at the drop-off. */
  maxRideMin: Minutes;
  /** Riders by kind of place, as many kinds as the vehicles have. */
  riders: readonly number[];
  /** Vehicles (by index) that must not serve it. */
  refused?: readonly number[];
};

export type VehicleInput = {
  id: string;
  start: number;
  end: number;
  earliest: Minutes;
  latest: Minutes;
  maxRouteMin: Minutes;
  /** Ways it can be set up, at least one; each run from empty to empty has to fit into one of them. */
  setUps: readonly (readonly number[])[];
};

/** Travel between places, row by row; need be neither symmetric nor Euclidean. `Infinity` = cannot be reached. */
export type Travel = { size: number; minutes: Float64Array; cost: Float64Array };

export type ProblemInput = { requests: readonly RequestInput[]; vehicles: readonly VehicleInput[]; travel: Travel };

/**
 * A day to plan, laid out for the search. Nodes: pickup of request r is r, its drop-off is n + r, the start of vehicle k
 * is 2n + k, its end is 2n + m + k. All times are minutes. Windows are already narrowed by ride limits.
 */
export type Problem = {
  readonly n: number;
  readonly m: number;
  readonly nodes: number;
  /** Travel minutes and cost from node u to node v at [u * nodes + v]. */
  readonly time: Float64Array;
  readonly cost: Float64Array;
  readonly service: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** By request. */
  readonly maxRide: Float64Array;
  /** Riders by node, packed: those of the request at both of its nodes. */
  readonly riders: Int32Array;
  /** By vehicle: most generous set-up (guarded), all set-ups (guarded), route limit. */
  readonly places: Int32Array;
  readonly setUps: readonly (readonly Packed[])[];
  readonly maxRoute: Float64Array;
  /** Vehicles of one class are interchangeable while empty. */
  readonly classOf: Int32Array;
  /** 1 at [request * m + vehicle] when this vehicle may serve it. */
  readonly allowed: Uint8Array;
  /** Cost of leaving a request out: above any detour that serving it could take. */
  readonly absence: number;
  /** Requests that no plan can serve, with the reason; the search leaves them out. */
  readonly impossible: ReadonlyMap<number, string>;
};

/** The other end of a ride. */
export const mateOf = (n: number, node: number): number => (node < n ? node + n : node - n);
