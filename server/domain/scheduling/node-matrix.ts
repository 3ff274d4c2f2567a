import type { Problem, Travel, TravelBand } from "./problem";

/** Where each node is: an index into the travel matrix, -1 for a visit made wherever the vehicle is. */
export type PlaceOf = Int32Array;

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
  const time = new Float64Array(nodes * nodes);
  const cost = new Float64Array(nodes * nodes);
  for (let u = 0; u < nodes; u++) {
    const from = placeOf[u] as number;
    if (from < 0) continue;
    const earliest = (open[u] as number) + (service[u] as number);
    const latest = (close[u] as number) + (service[u] as number);
    for (let v = 0; v < nodes; v++) {
      const to = placeOf[v] as number;
      if (to < 0) continue;
      const byTarget = (close[v] as number) - quickest(bands, size, from, to);
      const afterVisit = (open[u] as number) <= float.to && (close[v] as number) >= float.from;
      const last = afterVisit ? byTarget : Math.min(latest, byTarget);
      const [slowest, price] = slowestWithin(bands, from * size + to, earliest, Math.max(earliest, last));
      time[u * nodes + v] = slowest;
      cost[u * nodes + v] = price;
    }
  }
  return { time, cost };
}

function slowestWithin(bands: readonly TravelBand[], cell: number, first: number, last: number): [number, number] {
  let [slowest, price] = [-1, 0];
  for (let at = 0; at < bands.length; at++) {
    const band = bands[at] as TravelBand;
    if (at > 0 && band.from > last) break;
    const after = bands[at + 1];
    if (after !== undefined && after.from <= first) continue;
    const minutes = usable(band.minutes[cell] ?? Number.NaN);
    if (minutes > slowest) [slowest, price] = [minutes, usable(band.cost[cell] ?? Number.NaN)];
  }
  return [slowest, price];
}
