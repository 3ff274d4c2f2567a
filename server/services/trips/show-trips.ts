import "server-only";
import type { Tx } from "@/db/client";
import { assignmentsShown } from "@/db/queries/assignments";
import { facilitiesByIds } from "@/db/queries/trip-places";
import type { TripRow } from "@/db/queries/trips";
import { actorUserId, type Ctx } from "@/server/context";
import type { TripView } from "@/server/domain/trips/trip-view";
import { presentTrip, type TripBundle } from "./present-trip";

/** Everything that is needed to show these trips, in their order: two queries, however many. */
export async function bundlesOf(tx: Tx, { actor }: Ctx, rows: TripRow[]): Promise<TripBundle[]> {
  if (rows.length === 0) return [];
  const { agencyId } = actor;
  const facilityIds = rows.flatMap((row) => [row.pickupFacilityId, row.dropoffFacilityId]).filter((id) => id !== null);
  const [facilities, assignments] = await Promise.all([
    facilitiesByIds(tx, agencyId, [...new Set(facilityIds)]),
    assignmentsShown(
      tx,
      agencyId,
      rows.map((row) => row.id),
      actorUserId(actor) ?? null,
    ),
  ]);
  const byTrip = new Map(rows.map((row): [string, TripBundle["assignments"]] => [row.id, []]));
  for (const one of assignments) byTrip.get(one.assignment.tripId)?.push(one);
  return rows.map((trip) => ({ trip, facilities, assignments: byTrip.get(trip.id) ?? [] }));
}

export const showTrips = async (tx: Tx, ctx: Ctx, rows: TripRow[]): Promise<TripView[]> =>
  (await bundlesOf(tx, ctx, rows)).map((bundle) => presentTrip(bundle, ctx.actor, ctx.now));

export async function showTrip(tx: Tx, ctx: Ctx, row: TripRow): Promise<TripView> {
  const [shown] = await showTrips(tx, ctx, [row]);
  if (!shown) throw new Error("the trip was not shown");
  return shown;
}
