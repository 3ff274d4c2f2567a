import "server-only";
import { z } from "zod";
import { type ExceptionRow, lockException, updateException } from "@/db/queries/exceptions";
import { actorUserId, type Ctx } from "@/server/context";
import { WATCHED_KINDS } from "@/server/domain/exceptions/reconcile";
import { isSnoozed, snoozeReasons } from "@/server/domain/exceptions/snooze";
import { Version } from "@/server/domain/version";
import { AppError, notFound, staleVersion } from "@/server/errors";
import { seal } from "@/server/security/keys";
import { write } from "@/server/services/unit-of-work";
import { exceptionChanged } from "./exception-event";
import { presentException } from "./present-exception";

const Target = z.strictObject({ id: z.uuid(), version: Version.optional() });
export const AcknowledgeExceptionInput = Target;
export const SnoozeExceptionInput = Target.extend({ until: z.date(), reason: z.string().max(500) });
export const EndSnoozeInput = Target;
export const CloseExceptionInput = Target;

/** Somebody has seen it and deals with it. */
export const acknowledgeException = (ctx: Ctx, input: z.output<typeof AcknowledgeExceptionInput>) =>
  handle(ctx, input, "exception.acknowledge", () => ({
    acknowledgedAt: ctx.now,
    acknowledgedBy: actorUserId(ctx.actor) ?? null,
  }));

/** Puts it aside until a time, with a reason; it comes back when it gets worse. @throws AppError rule_broken */
export const snoozeException = (ctx: Ctx, input: z.output<typeof SnoozeExceptionInput>) =>
  handle(ctx, input, "exception.snooze", (row) => {
    const reasons = snoozeReasons(row.kind, input.until, input.reason, ctx.now);
    if (reasons.length > 0) throw new AppError("rule_broken", "this can't be put aside", reasons);
    return {
      snoozedUntil: input.until,
      snoozedBy: actorUserId(ctx.actor) ?? null,
      snoozeReasonEnc: seal({ table: "exceptions", column: "snooze_reason_enc", rowId: row.id }, input.reason),
    };
  });

/** Brings back before its time what was put aside; what is not put aside stays as it is. */
export const endSnooze = (ctx: Ctx, input: z.output<typeof EndSnoozeInput>) =>
  handle(ctx, input, "exception.end_snooze", (row) =>
    isSnoozed(row, ctx.now) ? { snoozedUntil: null, snoozedBy: null, snoozeReasonEnc: null } : null,
  );

/** Closes what somebody raised. What follows from states and times closes when they change. @throws AppError rule_broken */
export const closeException = (ctx: Ctx, input: z.output<typeof CloseExceptionInput>) =>
  handle(ctx, input, "exception.close", (row) => {
    if (WATCHED_KINDS.includes(row.kind)) {
      const message = "it closes by itself when its cause is gone";
      throw new AppError("rule_broken", message, [{ path: "kind", code: "closes_itself", message }]);
    }
    return { closedAt: ctx.now, closedBy: actorUserId(ctx.actor) ?? null, closeReason: "handled" };
  });

/** @param set - what changes; null when there is nothing to change */
const handle = (
  ctx: Ctx,
  { id, version }: z.output<typeof Target>,
  action: string,
  set: (row: ExceptionRow) => Parameters<typeof updateException>[3] | null,
) =>
  write(ctx, async (tx, uow) => {
    const before = await lockException(tx, ctx.actor.agencyId, id);
    if (!before) throw notFound("exception");
    const current = presentException(before, ctx);
    if (version !== undefined && version !== before.version) throw staleVersion(current);
    if (before.closedAt) return current;
    const change = set(before);
    if (change === null) return current;
    const after = await updateException(tx, ctx.actor.agencyId, id, change);
    if (!after) throw notFound("exception");
    uow.audit({ action, entity: "exception", entityId: id, fields: Object.keys(change) });
    uow.emit(exceptionChanged(after, ctx.now));
    return presentException(after, ctx);
  });
