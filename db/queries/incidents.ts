import { and, asc, desc, eq, exists, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, incidents, shifts, trips } from "@/db/schema";

export type IncidentRow = typeof incidents.$inferSelect;
export type NewIncident = typeof incidents.$inferInsert;

const isIncident = (agencyId: string, id: string) => and(eq(incidents.agencyId, agencyId), eq(incidents.id, id));

export async function insertIncident(tx: Tx, row: NewIncident): Promise<IncidentRow> {
  const [made] = await tx.insert(incidents).values(row).returning();
  if (!made) throw new Error("the incident was not stored");
  return made;
}

export const incidentById = async (tx: Tx, agencyId: string, id: string): Promise<IncidentRow | undefined> =>
  (await tx.select().from(incidents).where(isIncident(agencyId, id)))[0];

/** The same, locked until the transaction ends; locked after its trips. */
export const lockIncident = async (tx: Tx, agencyId: string, id: string): Promise<IncidentRow | undefined> =>
  (await tx.select().from(incidents).where(isIncident(agencyId, id)).for("update"))[0];

/** Changes a locked incident and counts the version. */
export async function updateIncident(
  tx: Tx,
  agencyId: string,
  id: string,
  set: Partial<NewIncident>,
): Promise<IncidentRow> {
  const [row] = await tx
    .update(incidents)
    .set({ ...set, version: sql`${incidents.version} + 1`, updatedAt: sql`now()` })
    .where(isIncident(agencyId, id))
    .returning();
  if (!row) throw new Error("the incident to change is gone");
  return row;
}

type Filter = {
  closed?: boolean | undefined;
  /** Of the incident, or of a trip in it. */
  number?: string | undefined;
  before?: { createdAt: Date; id: string } | undefined;
  limit: number;
};

const closing = (closed: boolean | undefined) => {
  if (closed === undefined) return undefined;
  return closed ? isNotNull(incidents.closedAt) : isNull(incidents.closedAt);
};

const named = (tx: Tx, agencyId: string, number: string) =>
  or(
    eq(incidents.number, number),
    exists(
      tx
        .select({ id: trips.id })
        .from(trips)
        .where(and(eq(trips.agencyId, agencyId), eq(trips.incidentId, incidents.id), eq(trips.number, number))),
    ),
  );

/** Incidents, newest first. */
export const listIncidentRows = (
  tx: Tx,
  agencyId: string,
  { closed, number, before, limit }: Filter,
): Promise<IncidentRow[]> =>
  tx
    .select()
    .from(incidents)
    .where(
      and(
        eq(incidents.agencyId, agencyId),
        closing(closed),
        number === undefined ? undefined : named(tx, agencyId, number),
        before &&
          or(
            lt(incidents.createdAt, before.createdAt),
            and(eq(incidents.createdAt, before.createdAt), lt(incidents.id, before.id)),
          ),
      ),
    )
    .orderBy(desc(incidents.createdAt), desc(incidents.id))
    .limit(limit);

/** The trips of these incidents, by the time they were wanted. */
export const tripsOfIncidents = (tx: Tx, agencyId: string, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select({
          incidentId: trips.incidentId,
          id: trips.id,
          number: trips.number,
          status: trips.status,
          priority: trips.priority,
          closedAt: trips.closedAt,
        })
        .from(trips)
        .where(and(eq(trips.agencyId, agencyId), inArray(trips.incidentId, ids)))
        .orderBy(asc(trips.requestedAt), asc(trips.id));
export type TripOfIncident = Awaited<ReturnType<typeof tripsOfIncidents>>[number];

/** The units that have, or support, a trip of these incidents now; first sent first. */
export const unitsOfIncidents = (tx: Tx, agencyId: string, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select({
          incidentId: trips.incidentId,
          tripId: trips.id,
          assignmentId: assignments.id,
          shiftId: assignments.shiftId,
          callSign: shifts.callSign,
          role: assignments.role,
          status: assignments.status,
        })
        .from(trips)
        .innerJoin(
          assignments,
          and(
            eq(assignments.agencyId, trips.agencyId),
            eq(assignments.tripId, trips.id),
            eq(assignments.current, true),
          ),
        )
        .innerJoin(shifts, and(eq(shifts.agencyId, assignments.agencyId), eq(shifts.id, assignments.shiftId)))
        .where(and(eq(trips.agencyId, agencyId), inArray(trips.incidentId, ids)))
        .orderBy(asc(assignments.assignedAt), asc(assignments.id));
export type UnitOfIncident = Awaited<ReturnType<typeof unitsOfIncidents>>[number];
