import "server-only";
import type { ExceptionRow } from "@/db/queries/exceptions";
import { isSnoozed } from "@/server/domain/exceptions/snooze";
import { agencyEvent } from "@/server/realtime/channels";

/** How an exception stands, in one word. */
export function exceptionStatus(row: ExceptionRow, now: Date): "open" | "acknowledged" | "snoozed" | "closed" {
  if (row.closedAt) return "closed";
  if (isSnoozed(row, now)) return "snoozed";
  return row.acknowledgedAt ? "acknowledged" : "open";
}

/** Tells the agency's consoles that an exception changed. */
export const exceptionChanged = (row: ExceptionRow, now: Date) =>
  agencyEvent(row.agencyId, "exception.changed", {
    exceptionId: row.id,
    version: row.version,
    status: exceptionStatus(row, now),
  });
