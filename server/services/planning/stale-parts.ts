import "server-only";
import type { Tx } from "@/db/client";
import type { PlanTripRow, PlanUnitRow } from "@/db/queries/planning";
import { planningStops } from "@/db/queries/planning-day";
import { tripsByIds } from "@/db/queries/trips";
import type { Reason } from "@/server/errors";

type ShiftNow = { id: string; manifestVersion: number };
type TripNow = { id: string; number: string; version: number };

const lines = (numbers: readonly string[], word: string) =>
  numbers.length > 0 ? [`${word} ${numbers.join(", ")}`] : [];

/** What changed on the manifests of units since their day was read, in words; units as they were are left out. */
export async function changesSince(
  tx: Tx,
  agencyId: string,
  { units, trips, now }: { units: readonly PlanUnitRow[]; trips: readonly PlanTripRow[]; now: readonly ShiftNow[] },
): Promise<Map<string, string[]>> {
  const versions = new Map(now.map((shift) => [shift.id, shift.manifestVersion]));
  const changed = units.filter((unit) => versions.get(unit.shiftId) !== unit.manifestVersion);
  const stops = await planningStops(
    tx,
    agencyId,
    changed.map(({ shiftId }) => shiftId),
  );
  const tripsNow = await tripsByIds(tx, agencyId, [...new Set(stops.flatMap(({ tripId }) => tripId ?? []))]);
  const numberOf = new Map(tripsNow.map((trip) => [trip.id, trip.number]));
  return new Map(
    changed.map(({ shiftId, callSign, manifestVersion }) => {
      const before = new Set(trips.filter((trip) => unitOf(trip) === shiftId).map(({ tripId }) => tripId));
      const added = [...new Set(stops.filter((stop) => stop.shiftId === shiftId).flatMap(({ tripId }) => tripId ?? []))]
        .filter((id) => !before.has(id))
        .flatMap((id) => numberOf.get(id) ?? []);
      const version = versions.get(shiftId);
      const said = lines(added, "new on it:");
      const base =
        version === undefined
          ? `${callSign} is not there any more`
          : `${callSign} was changed (${manifestVersion} > ${version})`;
      return [shiftId, [base, ...said]];
    }),
  );
}

/** The unit that had the trip when the day was read, or has it by this plan since. */
const unitOf = ({ decision, fromShiftId, toShiftId }: PlanTripRow) =>
  decision === "accepted" ? toShiftId : fromShiftId;

/** Trips that were changed, closed or given away since the day was read. */
export const changedTrips = (trips: readonly PlanTripRow[], now: readonly TripNow[]): PlanTripRow[] => {
  const versions = new Map(now.map((trip) => [trip.id, trip.version]));
  return trips.filter((trip) => versions.get(trip.tripId) !== trip.tripVersion);
};

/** Reasons of a refusal: one per unit and trip that is not as it was. */
export function staleReasons(
  units: ReadonlyMap<string, string[]>,
  trips: readonly PlanTripRow[],
  now: readonly TripNow[],
): Reason[] {
  const numbers = new Map(now.map((trip) => [trip.id, trip.number]));
  return [
    ...[...units].map(([shiftId, words]) => ({
      path: `shiftIds.${shiftId}`,
      code: "stale_manifest",
      message: words.join("; "),
    })),
    ...trips.map(({ tripId }) => ({
      path: `tripIds.${tripId}`,
      code: "stale_trip",
      message: `trip ${numbers.get(tripId) ?? "?"} was changed meanwhile`,
    })),
  ];
}
