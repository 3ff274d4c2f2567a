import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, shiftCrew, shifts, stops, vehicles } from "@/db/schema";
import { ACTIVE_TRIP_STATUSES } from "@/server/domain/trips/vocabulary";

export type AssignmentRow = typeof assignments.$inferSelect;
export type NewAssignment = typeof assignments.$inferInsert;

export async function insertAssignment(tx: Tx, row: NewAssignment): Promise<AssignmentRow> {
  const [made] = await tx.insert(assignments).values(row).returning();
  if (!made) throw new Error("the assignment was not stored");
  return made;
}

const isAssignment = (agencyId: string, id: string) => and(eq(assignments.agencyId, agencyId), eq(assignments.id, id));

export async function updateAssignment(
  tx: Tx,
  agencyId: string,
  id: string,
  set: Partial<NewAssignment>,
): Promise<AssignmentRow> {
  const [row] = await tx
    .update(assignments)
    .set({ ...set, version: sql`${assignments.version} + 1`, updatedAt: sql`now()` })
    .where(isAssignment(agencyId, id))
    .returning();
  if (!row) throw new Error("the assignment to change is gone");
  return row;
}

/** All assignments of a trip, in the order they were made. */
export const assignmentsOf = (tx: Tx, agencyId: string, tripId: string): Promise<AssignmentRow[]> =>
  tx
    .select()
    .from(assignments)
    .where(and(eq(assignments.agencyId, agencyId), eq(assignments.tripId, tripId)))
    .orderBy(asc(assignments.assignedAt), asc(assignments.id));

/** Assignments of these trips as they are shown, with their shift's times and whether `viewerId` is in its crew. */
export const assignmentsShown = (tx: Tx, agencyId: string, tripIds: string[], viewerId: string | null) =>
  tx
    .select({
      assignment: assignments,
      callSign: shifts.callSign,
      vehicleNo: vehicles.vehicleNo,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      signedOnAt: shifts.signedOnAt,
      signedOffAt: shifts.signedOffAt,
      own: viewerId === null ? sql<boolean>`false` : inCrew(viewerId),
    })
    .from(assignments)
    .innerJoin(shifts, and(eq(shifts.agencyId, assignments.agencyId), eq(shifts.id, assignments.shiftId)))
    .innerJoin(vehicles, and(eq(vehicles.agencyId, assignments.agencyId), eq(vehicles.id, assignments.vehicleId)))
    .where(and(eq(assignments.agencyId, agencyId), inArray(assignments.tripId, tripIds)))
    .orderBy(asc(assignments.assignedAt), asc(assignments.id));
export type ShownAssignment = Awaited<ReturnType<typeof assignmentsShown>>[number];

const inCrew = (userId: string) =>
  sql<boolean>`exists (select 1 from ${shiftCrew} c where c.agency_id = ${assignments.agencyId}
    and c.shift_id = ${assignments.shiftId} and c.user_id = ${userId}::uuid and c.removed_at is null)`;

/** Is this person in the crew of this shift? */
export const isInCrew = async (tx: Tx, agencyId: string, shiftId: string, userId: string): Promise<boolean> =>
  (
    await tx
      .select({ id: shiftCrew.id })
      .from(shiftCrew)
      .where(
        and(
          eq(shiftCrew.agencyId, agencyId),
          eq(shiftCrew.shiftId, shiftId),
          eq(shiftCrew.userId, userId),
          isNull(shiftCrew.removedAt),
        ),
      )
      .limit(1)
  ).length > 0;

const currentOf = (agencyId: string, shiftId: string) =>
  and(eq(assignments.agencyId, agencyId), eq(assignments.shiftId, shiftId), eq(assignments.current, true));

/** What a shift was told to do and has not finished. */
export const activeAssignmentsOf = (tx: Tx, agencyId: string, shiftId: string): Promise<AssignmentRow[]> =>
  tx
    .select()
    .from(assignments)
    .where(and(currentOf(agencyId, shiftId), inArray(assignments.status, [...ACTIVE_TRIP_STATUSES])));

/** Completed but not back in service: their `clearedAt` is still to come. */
export const unclearedAssignmentsOf = (tx: Tx, agencyId: string, shiftId: string): Promise<AssignmentRow[]> =>
  tx
    .select()
    .from(assignments)
    .where(and(currentOf(agencyId, shiftId), eq(assignments.status, "completed"), isNull(assignments.clearedAt)));

/** The first trip queued behind what a shift does, by its place in the manifest. */
export const firstStacked = async (tx: Tx, agencyId: string, shiftId: string): Promise<AssignmentRow | undefined> =>
  (
    await tx
      .select({ assignment: assignments })
      .from(assignments)
      .leftJoin(
        stops,
        and(
          eq(stops.agencyId, assignments.agencyId),
          eq(stops.assignmentId, assignments.id),
          eq(stops.kind, "pickup"),
          isNull(stops.removedAt),
        ),
      )
      .where(and(currentOf(agencyId, shiftId), eq(assignments.mode, "stack"), eq(assignments.status, "reserved")))
      .orderBy(asc(stops.seq), asc(assignments.assignedAt))
      .limit(1)
  )[0]?.assignment;
