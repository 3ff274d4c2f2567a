import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, trips } from "@/db/schema";

/** A unit's way is shown to those who may see the trip from when it sets out for it. */
const FOLLOWED = ["en_route", "at_pickup", "loaded", "at_dropoff"] as const;

/** The trips that these vehicles are under way for. */
export const followedTrips = (tx: Tx, agencyId: string, vehicleIds: string[]) =>
  tx
    .select({ id: trips.id, channelEpoch: trips.channelEpoch, vehicleId: assignments.vehicleId })
    .from(assignments)
    .innerJoin(trips, and(eq(trips.agencyId, assignments.agencyId), eq(trips.id, assignments.tripId)))
    .where(
      and(
        eq(assignments.agencyId, agencyId),
        inArray(assignments.vehicleId, vehicleIds),
        eq(assignments.role, "transport"),
        assignments.current,
        inArray(assignments.status, [...FOLLOWED]),
        isNull(trips.closedAt),
      ),
    );
