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
  return [...ways.values()];
}
