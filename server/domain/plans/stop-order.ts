/** A stop on a manifest as it is now. */
export type StopNow = { id: string; kind: string; tripId: string | null; at: Date | null; fixed: boolean };
/** A stop as planned. */
export type StopPlanned = { kind: string; tripId: string | null; stopId: string | null; at: Date };

/** What a stop of a trip is known by, on a manifest and in a plan. */
export const keyOf = ({ kind, tripId }: { kind: string; tripId: string | null }) => `${kind} ${tripId}`;

/**
 * A manifest in the order of a plan. Fixed stops stay in front. A stop that the plan does not know of, or takes
 * elsewhere, goes before the first planned one that is later; stops of one trip keep their order.
 */
export function inPlanOrder(stops: readonly StopNow[], planned: readonly StopPlanned[]): StopNow[] {
  const rank = new Map<string, number>();
  planned.forEach((stop, i) => rank.set(stop.stopId !== null && stop.tripId === null ? stop.stopId : keyOf(stop), i));
  const rankOf = (stop: StopNow) => rank.get(stop.tripId === null ? stop.id : keyOf(stop));
  const free = stops.findLastIndex((stop) => stop.fixed) + 1;
  const known = stops
    .slice(free)
    .filter((stop) => rankOf(stop) !== undefined)
    .toSorted((a, b) => (rankOf(a) ?? 0) - (rankOf(b) ?? 0));
  const order = known.map((stop) => ({ stop, at: planned[rankOf(stop) ?? -1]?.at ?? null }));
  for (const stop of stops.slice(free).filter((one) => rankOf(one) === undefined)) {
    const mate = order.findLastIndex(({ stop: one }) => stop.tripId !== null && one.tripId === stop.tripId);
    const later = order.findIndex(({ at }, i) => i > mate && at !== null && stop.at !== null && at > stop.at);
    order.splice(later < 0 ? order.length : later, 0, { stop, at: stop.at });
  }
  return [...stops.slice(0, free), ...order.map(({ stop }) => stop)];
}
