import { and, asc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { outbox } from "@/db/schema";

export type OutboxRow = {
  agencyId: string;
  id: string;
  channel: string;
  name: string;
  payload: Record<string, unknown>;
};

export const insertOutbox = async (tx: Tx, rows: OutboxRow[]): Promise<void> => {
  if (rows.length > 0) await tx.insert(outbox).values(rows);
};

/** Marks events as sent; a row that is sent already stays as it is. */
export const markSent = async (tx: Tx, agencyId: string, ids: string[], at: Date): Promise<void> => {
  await tx
    .update(outbox)
    .set({ sentAt: at })
    .where(and(eq(outbox.agencyId, agencyId), inArray(outbox.id, ids), isNull(outbox.sentAt)));
};

/**
 * Counts that the realtime server refused an event, and why; at `maxRefusals` it is given up.
 * @returns whether it is given up now
 */
export const markRefused = async (
  tx: Tx,
  agencyId: string,
  id: string,
  { failure, at, maxRefusals }: { failure: string; at: Date; maxRefusals: number },
): Promise<boolean> => {
  const [row] = await tx
    .update(outbox)
    .set({
      refusals: sql`${outbox.refusals} + 1`,
      failure,
      failedAt: sql`case when ${outbox.refusals} + 1 >= ${maxRefusals}::int then ${at.toISOString()}::timestamptz end`,
    })
    .where(and(eq(outbox.agencyId, agencyId), eq(outbox.id, id), waiting()))
    .returning({ failedAt: outbox.failedAt });
  return Boolean(row?.failedAt);
};

/** Gives up events that were written before `olderThan` and not sent. @returns how many */
export const expireUnsent = async (tx: Tx, agencyId: string, olderThan: Date, at: Date): Promise<number> =>
  (
    await tx
      .update(outbox)
      .set({ failedAt: at, failure: sql`coalesce(${outbox.failure}, 'expired')` })
      .where(and(eq(outbox.agencyId, agencyId), waiting(), lt(outbox.createdAt, olderThan)))
      .returning({ id: outbox.id })
  ).length;

/** Neither sent nor given up. */
const waiting = () => and(isNull(outbox.sentAt), isNull(outbox.failedAt));

/**
 * Events of one agency that were written before `olderThan` and not sent, oldest first, locked against other senders.
 * Counts the attempt.
 */
export const takeUnsent = async (tx: Tx, agencyId: string, olderThan: Date, limit: number): Promise<OutboxRow[]> => {
  const rows = await tx
    .select({
      agencyId: outbox.agencyId,
      id: outbox.id,
      channel: outbox.channel,
      name: outbox.name,
      payload: outbox.payload,
    })
    .from(outbox)
    .where(and(eq(outbox.agencyId, agencyId), waiting(), lt(outbox.createdAt, olderThan)))
    .orderBy(asc(outbox.createdAt))
    .limit(limit)
    .for("update", { skipLocked: true });
  if (rows.length > 0) {
    const ids = rows.map((row) => row.id);
    await tx
      .update(outbox)
      .set({ attempts: sql`${outbox.attempts} + 1` })
      .where(and(eq(outbox.agencyId, agencyId), inArray(outbox.id, ids)));
  }
  return rows;
};
