import { and, eq, inArray, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { facilities, riderPairs, riders, trips } from "@/db/schema";
import { type PairRule, type RidingRules, rulesOfTrip } from "@/server/domain/riders/riding-rules";

const pickupPlaces = alias(facilities, "pickup_places");
const dropoffPlaces = alias(facilities, "dropoff_places");

// Never null first: drizzle takes a joined object whose first column is null for a row that is not there.
export const riderRuleColumns = {
  id: riders.id,
  preferredCrew: riders.preferredCrew,
  refusedCrew: riders.refusedCrew,
  mostAboard: riders.mostAboard,
  maxRideMinutes: riders.maxRideMinutes,
};
export const pickupRuleColumns = { id: pickupPlaces.id, refusedCrew: pickupPlaces.refusedCrew };
export const dropoffRuleColumns = { id: dropoffPlaces.id, refusedCrew: dropoffPlaces.refusedCrew };

/** Who rides a trip and the places at its ends, for their rules: the joins that `…RuleColumns` are read from. */
export const RULE_JOINS = [
  [riders, and(eq(riders.agencyId, trips.agencyId), eq(riders.id, trips.riderId))],
  [pickupPlaces, and(eq(pickupPlaces.agencyId, trips.agencyId), eq(pickupPlaces.id, trips.pickupFacilityId))],
  [dropoffPlaces, and(eq(dropoffPlaces.agencyId, trips.agencyId), eq(dropoffPlaces.id, trips.dropoffFacilityId))],
] as const;

type Subject = { riderId: string | null; pickupFacilityId: string | null; dropoffFacilityId: string | null };

/** The rules that hold for a trip with this rider and these places. */
export async function ridingRulesOf(tx: Tx, agencyId: string, trip: Subject): Promise<RidingRules> {
  const places = [trip.pickupFacilityId, trip.dropoffFacilityId].filter((id) => id !== null);
  const [rider, refusing] = await Promise.all([
    trip.riderId === null
      ? undefined
      : tx
          .select(riderRuleColumns)
          .from(riders)
          .where(and(eq(riders.agencyId, agencyId), eq(riders.id, trip.riderId)))
          .then(([row]) => row),
    places.length === 0
      ? []
      : tx
          .select({ refusedCrew: facilities.refusedCrew })
          .from(facilities)
          .where(and(eq(facilities.agencyId, agencyId), inArray(facilities.id, places))),
  ]);
  return rulesOfTrip(rider ?? null, refusing);
}

/** Two riders and what holds between them. */
export type RiderPair = { riderId: string; otherId: string; rule: PairRule };
const pairColumns = { riderId: riderPairs.riderId, otherId: riderPairs.otherId, rule: riderPairs.rule };

/** Every pair of an agency: few riders have one. */
export const pairsOfAgency = (tx: Tx, agencyId: string): Promise<RiderPair[]> =>
  tx.select(pairColumns).from(riderPairs).where(eq(riderPairs.agencyId, agencyId));

/** The pairs that a rider is in. */
export const pairsOfRider = (tx: Tx, agencyId: string, riderId: string): Promise<RiderPair[]> =>
  tx
    .select(pairColumns)
    .from(riderPairs)
    .where(
      and(eq(riderPairs.agencyId, agencyId), or(eq(riderPairs.riderId, riderId), eq(riderPairs.otherId, riderId))),
    );

/** Replaces the pairs that a rider is in. */
export async function setPairsOfRider(
  tx: Tx,
  agencyId: string,
  riderId: string,
  pairs: readonly { riderId: string; rule: PairRule }[],
  createdBy: string | null,
): Promise<void> {
  await tx
    .delete(riderPairs)
    .where(
      and(eq(riderPairs.agencyId, agencyId), or(eq(riderPairs.riderId, riderId), eq(riderPairs.otherId, riderId))),
    );
  if (pairs.length === 0) return;
  await tx.insert(riderPairs).values(
    pairs.map((pair) => {
      const [first = "", second = ""] = [riderId, pair.riderId].toSorted();
      return { agencyId, riderId: first, otherId: second, rule: pair.rule, createdBy };
    }),
  );
}
