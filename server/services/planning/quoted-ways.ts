import type { PlanningDay } from "@/server/domain/planning/types";

type Outline = Omit<PlanningDay, "travel">;

/**
 * The ways that a question about one trip needs: those the units drive as it is, and those from and to the trip's ends.
 * @returns pairs of places, each once
 */
export function quotedWays({ units, trips }: Outline, tripId: string): (readonly [number, number])[] {
  const trip = trips.find(({ id }) => id === tripId);
  if (!trip) return [];
  const ends = [trip.pickup.placeIndex, ...(trip.dropoff ? [trip.dropoff.placeIndex] : [])];
  const ways = new Map<string, readonly [number, number]>();
  const add = (from: number, to: number) => ways.set(`${from} ${to}`, [from, to]);
  for (const from of ends) for (const to of ends) add(from, to);
  for (const unit of units) {
    const route = [
      unit.startPlaceIndex,
      ...unit.stops.flatMap(({ placeIndex }) => placeIndex ?? []),
      unit.endPlaceIndex,
    ];
    route.forEach((place, i) => {
      const next = route[i + 1];
      if (next !== undefined) add(place, next);
      // A unit with nothing to do may stay where it is; one that has goes home from its last stop.
      add(unit.startPlaceIndex, unit.endPlaceIndex);
      for (const end of ends) {
        add(place, end);
        add(end, place);
      }
    });
  }
  for (const [from, to] of waysAtLeast({ units, trips })) add(from, to);
  return [...ways.values()];
}

/**
 * Ways that are not driven as it is, but that rules are judged by: each ride without a detour; to a break and back; from
 * what a unit has to do to where its riders get out, if it did nothing else.
 */
function waysAtLeast({ units, trips }: Pick<Outline, "units" | "trips">): (readonly [number, number])[] {
  const direct = trips.flatMap(({ pickup, dropoff }) =>
    dropoff ? [[pickup.placeIndex, dropoff.placeIndex] as const] : [],
  );
  const owed = units.flatMap((unit) => {
    const stops = unit.stops.flatMap(({ placeIndex }) => placeIndex ?? []);
    const breaks = unit.breaks.flatMap(({ placeIndex }) => placeIndex ?? []);
    const begun = unit.stops.some(({ fixed }) => fixed) || trips.some((t) => t.aboard && t.currentUnitId === unit.id);
    const all = [unit.startPlaceIndex, ...stops, unit.endPlaceIndex];
    const rest = breaks.flatMap((at) => all.flatMap((place) => [[place, at] as const, [at, place] as const]));
    const later = begun ? all.flatMap((from, i) => all.slice(i + 1).map((to) => [from, to] as const)) : [];
    return [...rest, ...later];
  });
  return [...direct, ...owed];
}
