import "server-only";
import type { Tx } from "@/db/client";
import {
  type PlanningStopRow,
  type PlanningTripRow,
  type PlanningUnitRow,
  planningStops,
  planningTrips,
  planningUnits,
} from "@/db/queries/planning-day";
import { pairsOfAgency, type RiderPair } from "@/db/queries/riding-rules";

/** What is known of a period when a plan for it begins. */
export type DayRows = {
  units: readonly PlanningUnitRow[];
  trips: readonly PlanningTripRow[];
  stopsOf: ReadonlyMap<string, readonly PlanningStopRow[]>;
  /** Riders who go together, or never. */
  pairs: RiderPair[];
};
export type Period = { from: Date; to: Date };

/** Trips that should have been served this long before still count as open, in milliseconds. */
const OVERDUE_MS = 6 * 3_600_000;

/** Reads the shifts of a period, their manifests, and the trips wanted in it. */
export async function readDay(tx: Tx, agencyId: string, { from, to }: Period, now: Date): Promise<DayRows> {
  const units = await planningUnits(tx, agencyId, from, to);
  const shiftIds = units.map(({ shift }) => shift.id);
  const since = from <= now ? new Date(from.getTime() - OVERDUE_MS) : from;
  const trips = await planningTrips(tx, agencyId, { from: since, to, shiftIds });
  const stopsOf = new Map<string, PlanningStopRow[]>();
  for (const stop of await planningStops(tx, agencyId, shiftIds)) {
    const own = stopsOf.get(stop.shiftId);
    if (own) own.push(stop);
    else stopsOf.set(stop.shiftId, [stop]);
  }
  return { units, trips, stopsOf, pairs: await pairsOfAgency(tx, agencyId) };
}
