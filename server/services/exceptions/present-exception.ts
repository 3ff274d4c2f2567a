import "server-only";
import type { ExceptionRow } from "@/db/queries/exceptions";
import { open } from "@/server/security/keys";
import { exceptionStatus } from "./exception-event";

/** An exception as a console shows it. */
export function presentException(row: ExceptionRow, now: Date) {
  const { agencyId: _agencyId, snoozeReasonEnc, ...rest } = row;
  const snoozeReason = open({ table: "exceptions", column: "snooze_reason_enc", rowId: row.id }, snoozeReasonEnc);
  return { ...rest, snoozeReason, status: exceptionStatus(row, now) };
}
export type ExceptionView = ReturnType<typeof presentException>;
