import type { Problem, Travel, TravelBand } from "./problem";

/** Where each node is: an index into the travel matrix, -1 for a visit made wherever the vehicle is. */
export type PlaceOf = Int32Array;

/** A departure this close to the beginning of a band may fall on either side of it. */
const ROUNDING_MIN = 1e-6;

type Matrices = { time: Float64Array; cost: Float64Array };
type Times = Pick<Problem, "service" | "open" | "close" | "floating">;

/** A cell of the matrix as the search can use it: what is no number or negative cannot be driven. */
const usable = (value: number) => (value >= 0 ? value : Number.POSITIVE_INFINITY);

function spread(size: number, placeOf: PlaceOf, cells: Float64Array): Float64Array {
  const nodes = placeOf.length;
  const out = new Float64Array(nodes * nodes);
  for (let u = 0; u < nodes; u++) {
    const from = placeOf[u] as number;
    if (from < 0) continue;
    for (let v = 0; v < nodes; v++) {
      const to = placeOf[v] as number;
      // The way to a visit made on the spot is none; the way from it is that from the node before it.
      out[u * nodes + v] = to < 0 ? 0 : usable(cells[from * size + to] ?? Number.NaN);
    }
  }
  return out;
}

/** Travel that does not depend on the time of day, from node to node. */
export function constantMatrix(travel: Pick<Travel, "size" | "minutes" | "cost">, placeOf: PlaceOf): Matrices {
  const time = spread(travel.size, placeOf, travel.minutes);
  return { time, cost: travel.cost === travel.minutes ? time : spread(travel.size, placeOf, travel.cost) };
}

/** The quickest travel of all bands between two nodes: what can't be undercut at any time. */
export function quickest(bands: readonly TravelBand[], size: number, from: number, to: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const band of bands) least = Math.min(least, usable(band.minutes[from * size + to] ?? Number.NaN));
  return least;
}

/** When the stops made on the spot can be under way: after them a leg begins later than its node's window says. */
function floatingTimes({ open, close, floating }: Times): { from: number; to: number } {
  const span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  floating.forEach((is, v) => {
    if (is === 0) return;
    span.from = Math.min(span.from, open[v] as number);
    span.to = Math.max(span.to, close[v] as number);
  });
  return span;
}

/**
 * Travel by time of day, from node to node: for each leg the slowest of all bands in which a plan that keeps the windows
 * could begin it. Never too quick, and exact where the windows of the leg lie within one band.
 * @param times - windows by node, already narrowed to what any plan can reach
 */
export function bandedMatrix(travel: Travel, bands: readonly TravelBand[], placeOf: PlaceOf, times: Times): Matrices {
  const { size } = travel;
  const { service, open, close } = times;
  const nodes = placeOf.length;
  const float = floatingTimes(times);
  const least = leastOf(bands, size);
  const time = new Float64Array(nodes * nodes);
  const cost = new Float64Array(nodes * nodes);
  for (let u = 0; u < nodes; u++) {
    const from = placeOf[u] as number;
    if (from < 0) continue;
    const earliest = (open[u] as number) + (service[u] as number);
    const latest = (close[u] as number) + (service[u] as number);
    const beforeVisit = (open[u] as number) <= float.to;
    for (let v = 0; v < nodes; v++) {
      const to = placeOf[v] as number;
      if (to < 0) continue;
      const cell = from * size + to;
      const byTarget = (close[v] as number) - (least[cell] as number);
      const afterVisit = beforeVisit && (close[v] as number) >= float.from;
      const last = afterVisit || byTarget < latest ? byTarget : latest;
      const band = slowestWithin(bands, cell, earliest, last);
      time[u * nodes + v] = usable(band.minutes[cell] as number);
      cost[u * nodes + v] = usable(band.cost[cell] as number);
    }
  }
  return { time, cost };
}

/** The quickest travel of all bands, by cell. */
function leastOf(bands: readonly TravelBand[], size: number): Float64Array {
  const least = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY);
  for (const { minutes } of bands)
    for (let cell = 0; cell < least.length; cell++) {
      const value = minutes[cell] as number;
      if (value >= 0 && value < (least[cell] as number)) least[cell] = value;
    }
  return least;
}

/** The band with the slowest way of those that a departure from `first` to `last` can fall into: that of `first` at least. */
function slowestWithin(bands: readonly TravelBand[], cell: number, first: number, last: number): TravelBand {
  let slowest = bands[0] as TravelBand;
  let most = -1;
  for (let at = 0; at < bands.length; at++) {
    const band = bands[at] as TravelBand;
    if (at > 0 && band.from > last + ROUNDING_MIN && most >= 0) break;
    const after = bands[at + 1];
    if (after !== undefined && after.from <= first - ROUNDING_MIN) continue;
    const minutes = usable(band.minutes[cell] as number);
    if (minutes > most) {
      most = minutes;
      slowest = band;
    }
  }
  return slowest;
}
