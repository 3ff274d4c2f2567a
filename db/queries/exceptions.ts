import { and, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { exceptions } from "@/db/schema";
import type { OpenException } from "@/server/domain/exceptions/reconcile";
import type { ExceptionKind, ExceptionSeverity, ExceptionSubject } from "@/server/domain/exceptions/vocabulary";
import { isAmong } from "./array-literal";

export type ExceptionRow = typeof exceptions.$inferSelect;
export type NewException = {
  id: string;
  kind: ExceptionKind;
  severity: ExceptionSeverity;
  subjectType: ExceptionSubject;
  subjectId: string;
  tripId: string | null;
  shiftId: string | null;
  detail: ExceptionRow["detail"];
};

const isRow = (agencyId: string, id: string) => and(eq(exceptions.agencyId, agencyId), eq(exceptions.id, id));

/** What is open in an agency, newest first. */
export const listOpenExceptions = (tx: Tx, agencyId: string): Promise<ExceptionRow[]> =>
  tx
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.agencyId, agencyId), isNull(exceptions.closedAt)))
    .orderBy(desc(exceptions.openedAt), desc(exceptions.id));

/** What is open of these, or of these trips and shifts, newest first. */
export const openExceptionsAbout = (
  tx: Tx,
  agencyId: string,
  about: { exceptions: string[]; trips: string[]; units: string[] },
): Promise<ExceptionRow[]> =>
  tx
    .select()
    .from(exceptions)
    .where(
      and(
        eq(exceptions.agencyId, agencyId),
        isNull(exceptions.closedAt),
        or(
          isAmong(exceptions.id, about.exceptions),
          isAmong(exceptions.tripId, about.trips),
          isAmong(exceptions.shiftId, about.units),
        ),
      ),
    )
    .orderBy(desc(exceptions.openedAt), desc(exceptions.id));

/** What is open of one kind, oldest first. */
export const openOfKind = (tx: Tx, agencyId: string, kind: ExceptionKind): Promise<ExceptionRow[]> =>
  tx
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.agencyId, agencyId), eq(exceptions.kind, kind), isNull(exceptions.closedAt)))
    .orderBy(exceptions.openedAt, exceptions.id);

/** The same, as little of it as the watch compares. */
export const openExceptionKeys = (tx: Tx, agencyId: string): Promise<OpenException[]> =>
  tx
    .select({
      id: exceptions.id,
      kind: exceptions.kind,
      subjectId: exceptions.subjectId,
      severity: exceptions.severity,
      snoozedUntil: exceptions.snoozedUntil,
    })
    .from(exceptions)
    .where(and(eq(exceptions.agencyId, agencyId), isNull(exceptions.closedAt)));

/** Opens one unless one of its kind is open for its subject. @returns null when one was open */
export async function insertException(
  tx: Tx,
  agencyId: string,
  row: NewException,
  openedAt: Date,
): Promise<ExceptionRow | null> {
  const [made] = await tx
    .insert(exceptions)
    .values({ agencyId, ...row, openedAt })
    .onConflictDoNothing({
      target: [exceptions.agencyId, exceptions.kind, exceptions.subjectId],
      where: sql`closed_at is null`,
    })
    .returning();
  return made ?? null;
}

export const lockException = async (tx: Tx, agencyId: string, id: string): Promise<ExceptionRow | undefined> =>
  (await tx.select().from(exceptions).where(isRow(agencyId, id)).for("update"))[0];

/** Changes a row and counts its version. @returns undefined when it is not there */
export const updateException = async (
  tx: Tx,
  agencyId: string,
  id: string,
  set: Partial<Omit<typeof exceptions.$inferInsert, "agencyId" | "id" | "version">>,
): Promise<ExceptionRow | undefined> =>
  (
    await tx
      .update(exceptions)
      .set({ ...set, version: sql`${exceptions.version} + 1` })
      .where(isRow(agencyId, id))
      .returning()
  )[0];
