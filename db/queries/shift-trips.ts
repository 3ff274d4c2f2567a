import { and, asc, count, eq, inArray, isNull, ne, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, trips } from "@/db/schema";
import { ACTIVE_TRIP_STATUSES } from "@/server/domain/trips/vocabulary";

/** How many trips each of these shifts was told to do and has not cleared. */
export const activeTripCounts = async (tx: Tx, agencyId: string, shiftIds: string[]): Promise<Map<string, number>> => {
  if (shiftIds.length === 0) return new Map();
  const rows = await tx
    .select({ shiftId: assignments.shiftId, trips: count() })
    .from(assignments)
    .where(
      and(
        eq(assignments.agencyId, agencyId),
        inArray(assignments.shiftId, shiftIds),
        eq(assignments.current, true),
        inArray(assignments.status, [...ACTIVE_TRIP_STATUSES]),
      ),
    )
    .groupBy(assignments.shiftId);
  return new Map(rows.map((row) => [row.shiftId, row.trips]));
};

/** Trips a shift has and has not finished, by the time they are wanted. */
export const openTripsOf = (tx: Tx, agencyId: string, shiftId: string) =>
  tx
    .select({
      tripId: trips.id,
      number: trips.number,
      version: trips.version,
      tripStatus: trips.status,
      level: trips.level,
      assignmentId: assignments.id,
      status: assignments.status,
    })
    .from(assignments)
    .innerJoin(trips, and(eq(trips.agencyId, assignments.agencyId), eq(trips.id, assignments.tripId)))
    .where(
      and(
        eq(assignments.agencyId, agencyId),
        eq(assignments.shiftId, shiftId),
        eq(assignments.current, true),
        notInArray(assignments.status, ["completed", "ended"]),
      ),
    )
    .orderBy(asc(trips.requestedAt));

/** The unfinished trips of a shift go along to its new truck. */
export const moveAssignments = async (tx: Tx, agencyId: string, shiftId: string, vehicleId: string): Promise<void> => {
  await tx
    .update(assignments)
    .set({ vehicleId })
    .where(
      and(
        eq(assignments.agencyId, agencyId),
        eq(assignments.shiftId, shiftId),
        eq(assignments.current, true),
        isNull(assignments.endedAt),
        ne(assignments.status, "completed"),
      ),
    );
};
