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
  /** Requests aboard at once that it bears, itself counted; left out = no matter. */
  mostAboard?: number | undefined;
  /** Extra cost of giving it to a vehicle, by index of the vehicle. */
  costs?: readonly number[];
  /** How much worse it is than usual to leave it out; 1 if not given. */
  importance?: number;
  /** Promises that may be broken at a price; the windows of the stops stay hard. */
  soft?: { pickup: SoftLimit; dropoff: SoftLimit };
};

/** Cost per minute after `due`, and per minute of the buffer before it that is used up. */
export type SoftLimit = { due: Minutes; latePerMin: number; bufferMin: Minutes; bufferPerMin: number };

/** A stop of one vehicle that serves no request, with nobody aboard unless it is fixed. */
export type VisitInput = {
  /** Null = wherever the vehicle is. */
  place: number | null;
  serviceMin: Minutes;
  earliest: Minutes;
  latest: Minutes;
};

/** A stop of a route that is given: an end of a request, or a visit (by index into `visits`). */
export type GivenStop = { request: number; end: "pickup" | "dropoff" } | { visit: number };

export type VehicleInput = {
  id: string;
  start: number;
  end: number;
  earliest: Minutes;
  latest: Minutes;
  maxRouteMin: Minutes;
  /** Ways it can be set up, at least one; each run from empty to empty has to fit into one of them. */
  setUps: readonly (readonly number[])[];
  visits?: readonly VisitInput[];
  /** The first stops of its route, never moved nor parted; the drop-off of a pickup among them may come later. */
  fixed?: readonly GivenStop[];
  /** Drop-offs of pickups in `fixed`, in an order that is feasible: they may be moved, but have to be made. */
  owed?: readonly number[];
  /** Has to drive to its end even if it serves nothing. */
  out?: boolean;
  /** Cost of using it at all. */
  useCost?: number;
  /** Overtime: after `due` each minute costs `latePerMin`. */
  soft?: SoftLimit;
};

/** Travel by departure time: `minutes` and `cost` from `from` on, until the next band begins. */
export type TravelBand = { from: Minutes; minutes: Float64Array; cost: Float64Array };

/** Travel between places, row by row; need be neither symmetric nor Euclidean. `Infinity` = cannot be reached. */
export type Travel = {
  size: number;
  minutes: Float64Array;
  cost: Float64Array;
  /** Ascending; `minutes` and `cost` of the travel itself are then not looked at. */
  bands?: readonly TravelBand[];
};

/** Price of each vehicle that a zone lacks of the unused ones it wants. */
export type ReserveInput = { zones: readonly { vehicles: readonly number[]; wanted: number }[]; price: number };

export type ProblemInput = {
  requests: readonly RequestInput[];
  vehicles: readonly VehicleInput[];
  travel: Travel;
  /** Requests that go on one vehicle. */
  together?: readonly (readonly number[])[];
  /** Pairs of requests that are never aboard together. */
  apart?: readonly (readonly [number, number])[];
  reserve?: ReserveInput;
  /** What leaving a request out costs at the least. */
  leastAbsence?: number;
};

/** Prices of minutes by node: see `SoftLimit`. */
export type SoftCosts = {
  readonly due: Float64Array;
  readonly latePerMin: Float64Array;
  readonly bufferMin: Float64Array;
  readonly bufferPerMin: Float64Array;
};

/**
 * A day to plan, laid out for the search. Nodes: pickup of request r is r, its drop-off is n + r, the start of vehicle k
 * is 2n + k, its end is 2n + m + k; visits follow. All times are minutes. Windows are already narrowed by ride limits.
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
  /** What leaving a request out costs, by request. */
  readonly absences: Float64Array;
  /** Extra cost at [request * m + vehicle]; null = none. */
  readonly pairCost: Float64Array | null;
  readonly soft: SoftCosts | null;
  /** 1 for visits that are made wherever the vehicle is. */
  readonly floating: Uint8Array;
  /** By vehicle: its fixed first nodes, the drop-offs owed, its other visits; each in order. */
  readonly given: readonly { fixed: readonly number[]; owed: readonly number[]; visits: readonly number[] }[];
  /** By vehicle: the last node that nothing is put before. */
  readonly lastFixed: Int32Array;
  /** 1 for nodes that are fixed. */
  readonly pinned: Uint8Array;
  /** By vehicle: 1 when it stays where it is at no cost while it has no stops. */
  readonly idleIsFree: Uint8Array;
  /** By request: those that go on the same vehicle (with itself); null = no such groups. */
  readonly together: readonly (readonly number[] | null)[] | null;
  /** By request: those that are never aboard with it; null = none. */
  readonly apart: readonly (readonly number[] | null)[] | null;
  /** By request: how many may be aboard while it is, itself counted; null = no matter to any. */
  readonly mostAboard: Float64Array | null;
  readonly reserve: ReserveInput | null;
  /** Requests that no plan can serve, with the reason; the search leaves them out. */
  readonly impossible: ReadonlyMap<number, string>;
};

/** The other end of a ride. */
export const mateOf = (n: number, node: number): number => (node < n ? node + n : node - n);
