import type { PlanningDay, PlanningTrip, PlanningUnit } from "@/server/domain/planning/types";

type Outline = Omit<PlanningDay, "travel">;
/** One unit's part of a day with its own small matrix still to be filled. */
export type UnitDay = { unit: PlanningUnit; day: Outline; size: number; ways: UnitWay[] };
/** A way between places of the whole day, and its cell in the unit's matrix. */
export type UnitWay = { from: number; to: number; cell: number };

/** The day of one unit and one trip: its places are few, so that a question takes no time. */
export function unitDay(day: Outline, unit: PlanningUnit, asked: PlanningTrip): UnitDay {
  const trips = [...day.trips.filter(({ currentUnitId, id }) => currentUnitId === unit.id && id !== asked.id), asked];
  const indexes = new Map<number, number>();
  const own = (place: number): number => {
    const index = indexes.get(place) ?? indexes.size;
    indexes.set(place, index);
    return index;
  };
  const stops = unit.stops.map((stop) => ({
    ...stop,
    placeIndex: stop.placeIndex === null ? null : own(stop.placeIndex),
  }));
  const small: Outline = {
    ...day,
    reserve: [],
    keepTogether: [],
    keepApart: [],
    units: [{ ...unit, stops, startPlaceIndex: own(unit.startPlaceIndex), endPlaceIndex: own(unit.endPlaceIndex) }],
    trips: trips.map((trip) => ({
      ...trip,
      pickup: { ...trip.pickup, placeIndex: own(trip.pickup.placeIndex) },
      dropoff: trip.dropoff && { ...trip.dropoff, placeIndex: own(trip.dropoff.placeIndex) },
    })),
  };
  return { unit, day: small, size: indexes.size, ways: waysOf(unit, asked, trips, indexes) };
}

/**
 * The ways that matter: those the unit drives as it is, those of its trips, and those from and to the ends of the trip
 * that is asked about.
 */
function waysOf(
  unit: PlanningUnit,
  asked: PlanningTrip,
  trips: readonly PlanningTrip[],
  indexes: ReadonlyMap<number, number>,
): UnitWay[] {
  const size = indexes.size;
  const ways = new Map<number, UnitWay>();
  const add = (from: number, to: number) => {
    const cell = (indexes.get(from) ?? 0) * size + (indexes.get(to) ?? 0);
    if (from !== to) ways.set(cell, { from, to, cell });
  };
  const route = [unit.startPlaceIndex, ...unit.stops.flatMap(({ placeIndex }) => placeIndex ?? []), unit.endPlaceIndex];
  route.forEach((place, i) => add(place, route[i + 1] ?? place));
  add(unit.startPlaceIndex, unit.endPlaceIndex);
  for (const { pickup, dropoff } of trips) if (dropoff) add(pickup.placeIndex, dropoff.placeIndex);
  // What a unit has begun it may finish without the rest: from each of its places to every later one.
  const begun = unit.stops.some(({ fixed }) => fixed) || trips.some(({ aboard }) => aboard);
  if (begun) route.forEach((from, i) => route.slice(i + 1).forEach((to) => add(from, to)));
  for (const end of [asked.pickup.placeIndex, ...(asked.dropoff ? [asked.dropoff.placeIndex] : [])])
    for (const place of indexes.keys()) {
      add(place, end);
      add(end, place);
    }
  return [...ways.values()];
}
