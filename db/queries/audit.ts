import type { Tx } from "@/db/client";
import { auditLog } from "@/db/schema";

export type AuditRow = typeof auditLog.$inferInsert;

/** Appends to the audit log; the app role can neither change nor delete what is there. */
export const insertAudit = async (tx: Tx, rows: AuditRow[]): Promise<void> => {
  if (rows.length > 0) await tx.insert(auditLog).values(rows);
};
