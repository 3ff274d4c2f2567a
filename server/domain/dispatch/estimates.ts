import type { LngLat } from "@/server/domain/geo/lng-lat";
import type { TravelTime } from "./travel";

/** How long a unit stands at a stop, in seconds, by what happens there. */
export const DWELL_S: Record<string, number> = {
  pickup: 480,
  dropoff: 600,
  wait: 0,
  post: 0,
  base: 0,
  break: 1800,
};

export type StopToEstimate = {
  id: string;
  kind: string;
  location: LngLat | null;
  plannedAt: Date | null;
  arrivedAt: Date | null;
  departedAt: Date | null;
  /** How long the unit stays, where that is known. */
  dwellS?: number | null;
};
export type StopEstimate = { id: string; arriveAt: Date; departAt: Date };

const plus = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);
const laterOf = (a: Date, b: Date | null) => (b !== null && b > a ? b : a);

/**
 * When a unit arrives at and leaves each of its remaining stops, in order. It does not leave a pickup before its planned
 * time, nor begin a break. Stops without a place take no way; after an unreachable stop nothing is known.
 * @param from - where the unit is; null = unknown, then nothing is known before the first arrival
 */
export function estimateStops(
  from: LngLat | null,
  stops: readonly StopToEstimate[],
  travel: TravelTime,
  now: Date,
): StopEstimate[] {
  const estimates: StopEstimate[] = [];
  let here = from;
  let clock = now;
  for (const stop of stops.filter((s) => s.departedAt === null)) {
    let arriveAt = stop.arrivedAt ?? clock;
    if (stop.arrivedAt === null && stop.location !== null) {
      const way = here === null ? null : travel(here, stop.location, clock);
      if (way === null) return estimates;
      arriveAt = plus(clock, way.durationS);
    }
    const waits = stop.kind === "pickup" || stop.kind === "break";
    const ready = laterOf(arriveAt, waits ? stop.plannedAt : null);
    const departAt = laterOf(plus(ready, stop.dwellS ?? DWELL_S[stop.kind] ?? 0), now);
    estimates.push({ id: stop.id, arriveAt, departAt });
    here = stop.location ?? here;
    clock = departAt;
  }
  return estimates;
}
