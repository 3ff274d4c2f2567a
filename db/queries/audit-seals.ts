import { and, asc, desc, eq, gt, isNull, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { auditLog, auditSeals } from "@/db/schema";

/** The newest seal of an agency. */
export const lastSeal = async (tx: Tx, agencyId: string) =>
  (
    await tx
      .select({ seq: auditSeals.seq, hash: auditSeals.hash })
      .from(auditSeals)
      .where(eq(auditSeals.agencyId, agencyId))
      .orderBy(desc(auditSeals.seq))
      .limit(1)
  )[0];

/** Audit rows from before `before` without a seal, oldest first. */
export const unsealedAudit = async (tx: Tx, agencyId: string, before: Date, limit: number) =>
  tx
    .select({ row: auditLog })
    .from(auditLog)
    .leftJoin(auditSeals, and(eq(auditSeals.agencyId, auditLog.agencyId), eq(auditSeals.auditId, auditLog.id)))
    .where(and(eq(auditLog.agencyId, agencyId), isNull(auditSeals.auditId), lt(auditLog.at, before)))
    .orderBy(asc(auditLog.at), asc(auditLog.id))
    .limit(limit)
    .then((rows) => rows.map(({ row }) => row));

export const insertSeals = async (tx: Tx, rows: (typeof auditSeals.$inferInsert)[]): Promise<void> => {
  if (rows.length > 0) await tx.insert(auditSeals).values(rows);
};

/** Seals behind `afterSeq` in their order, with what they seal: null where the row is gone. */
export const sealedAudit = async (tx: Tx, agencyId: string, { afterSeq, limit }: { afterSeq: number; limit: number }) =>
  tx
    .select({ row: auditLog, seq: auditSeals.seq, hash: auditSeals.hash })
    .from(auditSeals)
    .leftJoin(auditLog, and(eq(auditLog.agencyId, auditSeals.agencyId), eq(auditLog.id, auditSeals.auditId)))
    .where(and(eq(auditSeals.agencyId, agencyId), gt(auditSeals.seq, afterSeq)))
    .orderBy(asc(auditSeals.seq))
    .limit(limit);
