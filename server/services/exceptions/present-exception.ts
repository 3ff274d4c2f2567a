import "server-only";
import type { ExceptionRow } from "@/db/queries/exceptions";
import { type Ctx, isLocked } from "@/server/context";
import { open } from "@/server/security/keys";
import { exceptionStatus } from "./exception-event";

/** An exception as a console shows it: a locked one without what somebody typed, which may name a patient. */
export function presentException(row: ExceptionRow, { actor, now }: Pick<Ctx, "actor" | "now">) {
  const { agencyId: _agencyId, snoozeReasonEnc, ...rest } = row;
  const place = { table: "exceptions", column: "snooze_reason_enc", rowId: row.id };
  const snoozeReason = isLocked(actor) ? null : open(place, snoozeReasonEnc);
  return { ...rest, snoozeReason, status: exceptionStatus(row, now) };
}
export type ExceptionView = ReturnType<typeof presentException>;
