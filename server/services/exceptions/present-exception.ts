import "server-only";
import type { ExceptionRow } from "@/db/queries/exceptions";
import { type Ctx, isLocked } from "@/server/context";
import { open } from "@/server/security/keys";
import { exceptionStatus } from "./exception-event";

/** Why somebody put it aside. Typed text, which may name a patient: a locked console does not get it. */
export function snoozeReasonOf({ id, snoozeReasonEnc }: ExceptionRow, { actor }: Pick<Ctx, "actor">): string | null {
  const place = { table: "exceptions", column: "snooze_reason_enc", rowId: id };
  return isLocked(actor) ? null : open(place, snoozeReasonEnc);
}

/** An exception as a console shows it: a locked one without what somebody typed, which may name a patient. */
export function presentException(row: ExceptionRow, ctx: Pick<Ctx, "actor" | "now">) {
  const { agencyId: _agencyId, snoozeReasonEnc: _sealed, ...rest } = row;
  return { ...rest, snoozeReason: snoozeReasonOf(row, ctx), status: exceptionStatus(row, ctx.now) };
}
export type ExceptionView = ReturnType<typeof presentException>;
