import type { PlanningTripRow } from "@/db/queries/planning-day";
import type { PlanningTrip } from "@/server/domain/planning/types";
import type { DayRows } from "./read-day";

/** Riders who go together are on one unit where they are wanted within this time, in milliseconds. */
const SAME_RIDE_MS = 45 * 60_000;

/** Legs that a rider booked to be done by one unit, and trips of riders who go together. */
export function togetherGroups(rows: DayRows, trips: readonly PlanningTrip[]): string[][] {
  const free = new Set(trips.filter((trip) => !trip.willCall || trip.readyAtS !== null).map(({ id }) => id));
  const groups = new Map<string, string[]>();
  for (const { trip } of rows.trips) {
    if (!free.has(trip.id)) continue;
    const key = trip.journeyId ?? trip.returnOf ?? trip.id;
    groups.set(key, [...(groups.get(key) ?? []), trip.id]);
  }
  const asked = new Set(rows.trips.filter(({ trip }) => trip.sameUnit).map(({ trip }) => trip.id));
  const journeys = [...groups.values()].filter((group) => group.length > 1 && group.some((id) => asked.has(id)));
  return [...journeys, ...companions(rows, free)];
}

const ridesOf = ({ trips }: DayRows, riderId: string): PlanningTripRow[] =>
  trips.filter(({ rules }) => rules.riderId === riderId);

/** For each ride of one of two who go together, the nearest of the other; rides that stay alone are no group. */
function companions(rows: DayRows, free: ReadonlySet<string>): string[][] {
  return rows.pairs
    .filter(({ rule }) => rule === "together")
    .flatMap(({ riderId, otherId }) => {
      const others = ridesOf(rows, otherId).filter(({ trip }) => free.has(trip.id));
      return ridesOf(rows, riderId)
        .filter(({ trip }) => free.has(trip.id))
        .flatMap(({ trip }) => {
          const apartMs = (one: PlanningTripRow) => Math.abs(+one.trip.requestedAt - +trip.requestedAt);
          const [nearest] = others.toSorted((a, b) => apartMs(a) - apartMs(b));
          return nearest && apartMs(nearest) <= SAME_RIDE_MS ? [[trip.id, nearest.trip.id]] : [];
        });
    });
}

/** Trips whose riders are never aboard at once. */
export const apartPairs = (rows: DayRows): [string, string][] =>
  rows.pairs
    .filter(({ rule }) => rule === "apart")
    .flatMap(({ riderId, otherId }) =>
      ridesOf(rows, riderId).flatMap(({ trip }) =>
        ridesOf(rows, otherId).map((other): [string, string] => [trip.id, other.trip.id]),
      ),
    );
