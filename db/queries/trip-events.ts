import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { shifts, tripEvents, users } from "@/db/schema";

export type TripEventRow = typeof tripEvents.$inferSelect;
export type NewTripEvent = typeof tripEvents.$inferInsert;

export const insertTripEvents = async (tx: Tx, rows: NewTripEvent[]): Promise<void> => {
  if (rows.length > 0) await tx.insert(tripEvents).values(rows);
};

/** The event a client sent under this id, whenever that was. */
export const eventByClientId = async (
  tx: Tx,
  agencyId: string,
  clientEventId: string,
): Promise<TripEventRow | undefined> =>
  (
    await tx
      .select()
      .from(tripEvents)
      .where(and(eq(tripEvents.agencyId, agencyId), eq(tripEvents.clientEventId, clientEventId)))
  )[0];

const replaced = sql`exists (select 1 from ${tripEvents} r where r.agency_id = ${tripEvents.agencyId}
  and r.trip_id = ${tripEvents.tripId} and r.replaces = ${tripEvents.id})`;

/** The newest press of an assignment that set its status to this and was not corrected; or the one with this id. */
export const pressOf = async (
  tx: Tx,
  agencyId: string,
  { tripId, assignmentId }: { tripId: string; assignmentId: string },
  press: { status: string } | { id: string },
): Promise<TripEventRow | undefined> =>
  (
    await tx
      .select()
      .from(tripEvents)
      .where(
        and(
          eq(tripEvents.agencyId, agencyId),
          eq(tripEvents.tripId, tripId),
          eq(tripEvents.assignmentId, assignmentId),
          inArray(tripEvents.kind, ["status", "assigned", "corrected", "swapped"]),
          "id" in press ? eq(tripEvents.id, press.id) : eq(tripEvents.status, press.status),
          sql`not ${replaced}`,
        ),
      )
      .orderBy(desc(tripEvents.recordedAt), desc(tripEvents.id))
      .limit(1)
  )[0];

/** Whose press the event with this id is; undefined when the trip has no such event, or it is of no unit. */
export const assignmentOfEvent = async (
  tx: Tx,
  agencyId: string,
  tripId: string,
  id: string,
): Promise<string | undefined> =>
  (
    await tx
      .select({ assignmentId: tripEvents.assignmentId })
      .from(tripEvents)
      .where(and(eq(tripEvents.agencyId, agencyId), eq(tripEvents.tripId, tripId), eq(tripEvents.id, id)))
  )[0]?.assignmentId ?? undefined;

/** A trip's history, oldest first. */
export const eventsOfTrip = (tx: Tx, agencyId: string, tripId: string) =>
  tx
    .select({ event: tripEvents, actorName: users.name, callSign: shifts.callSign })
    .from(tripEvents)
    .leftJoin(users, and(eq(users.agencyId, tripEvents.agencyId), eq(users.id, tripEvents.actorId)))
    .leftJoin(shifts, and(eq(shifts.agencyId, tripEvents.agencyId), eq(shifts.id, tripEvents.shiftId)))
    .where(and(eq(tripEvents.agencyId, agencyId), eq(tripEvents.tripId, tripId)))
    .orderBy(asc(tripEvents.recordedAt), asc(tripEvents.id));
