import type { Places } from "@/server/domain/fleet/vocabulary";
import { distanceM, type LngLat } from "@/server/domain/geo/lng-lat";
import type { AssignmentMode, StopKind } from "@/server/domain/trips/vocabulary";
import { routeFits } from "./capacity";

/** A stop of a shift that is not done yet. */
export type ManifestStop = {
  id: string;
  kind: StopKind;
  tripId: string | null;
  location: LngLat | null;
  plannedAt: Date | null;
  /** Reached or locked by a person: nothing is put before it. */
  fixed: boolean;
  /** Belongs to a trip the unit was told about. */
  told: boolean;
  riders: Places;
};
export type Vehicle = { setUps: readonly Places[]; aboard: Places; at: LngLat | null };

/** Where new stops may go at the earliest: behind the last stop that is reached or locked. */
const firstFree = (stops: readonly ManifestStop[]): number => stops.findLastIndex((stop) => stop.fixed) + 1;

/** Where the trips the unit was told about end. */
const afterTold = (stops: readonly ManifestStop[]): number =>
  Math.max(firstFree(stops), stops.findLastIndex((stop) => stop.told) + 1);

/**
 * The manifest with a trip's stops in it, in order: a dispatched trip comes first, a stacked one behind what the unit was
 * told to do, a reserved one by its time among the others, a shared ride where it costs the least way and fits.
 * @returns null when a shared ride fits nowhere
 */
export function withTrip(
  stops: readonly ManifestStop[],
  added: readonly ManifestStop[],
  mode: AssignmentMode,
  vehicle: Vehicle,
): ManifestStop[] | null {
  if (mode === "aboard") return cheapestInsertion(stops, added, vehicle);
  const from = mode === "dispatch" ? firstFree(stops) : afterTold(stops);
  const at = mode === "reserve" ? byTime(stops, added[0]?.plannedAt ?? null, from) : from;
  return [...stops.slice(0, at), ...added, ...stops.slice(at)];
}

/** The place before the first later trip; stops of one trip are never split. */
function byTime(stops: readonly ManifestStop[], plannedAt: Date | null, from: number): number {
  if (plannedAt === null) return stops.length;
  const later = stops.findIndex(
    (stop, i) => i >= from && stop.kind === "pickup" && stop.plannedAt !== null && stop.plannedAt > plannedAt,
  );
  return later < 0 ? stops.length : later;
}

/** Every pair of places for pickup and drop-off, cheapest way first that fits the seats. */
function cheapestInsertion(
  stops: readonly ManifestStop[],
  [pickup, dropoff]: readonly ManifestStop[],
  { setUps, aboard, at }: Vehicle,
): ManifestStop[] | null {
  if (!pickup) return [...stops];
  const end = afterTold(stops);
  let best: { route: ManifestStop[]; lengthM: number } | null = null;
  for (let p = firstFree(stops); p <= end; p++) {
    for (let d = p; d <= (dropoff ? end : p); d++) {
      const route = [
        ...stops.slice(0, p),
        pickup,
        ...stops.slice(p, d),
        ...(dropoff ? [dropoff] : []),
        ...stops.slice(d),
      ];
      const lengthM = routeLengthM(route.slice(0, end + 2), at);
      if ((best === null || lengthM < best.lengthM) && routeFits(route, setUps, aboard)) best = { route, lengthM };
    }
  }
  return best?.route ?? null;
}

function routeLengthM(route: readonly ManifestStop[], from: LngLat | null): number {
  let here = from;
  let total = 0;
  for (const { location } of route) {
    if (here !== null && location !== null) total += distanceM(here, location);
    here = location ?? here;
  }
  return total;
}

/** Why people may not reorder to this; empty means they may: nothing lost, nothing before a fixed stop, pickup first. */
export function reorderReasons(stops: readonly ManifestStop[], ids: readonly string[]): string[] {
  const reasons: string[] = [];
  const same =
    ids.length === stops.length && new Set(ids).size === ids.length && stops.every((s) => ids.includes(s.id));
  if (!same) return ["not_the_same_stops"];
  if (stops.slice(0, firstFree(stops)).some((stop, i) => ids[i] !== stop.id)) reasons.push("stop_fixed");
  const place = (stop: ManifestStop) => ids.indexOf(stop.id);
  const turned = stops.some(
    (stop) =>
      stop.kind === "pickup" &&
      stops.some((s) => s.kind === "dropoff" && s.tripId === stop.tripId && place(s) < place(stop)),
  );
  return turned ? [...reasons, "dropoff_before_pickup"] : reasons;
}
