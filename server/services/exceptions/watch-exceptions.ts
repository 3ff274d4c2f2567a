import "server-only";
import type { Tx } from "@/db/client";
import { openExceptionKeys, updateException } from "@/db/queries/exceptions";
import { watchedTrips, watchedUnits } from "@/db/queries/watch";
import type { Ctx } from "@/server/context";
import { type OpenException, reconcile } from "@/server/domain/exceptions/reconcile";
import { tripExceptions, type Wanted } from "@/server/domain/exceptions/rules-trip";
import { unitExceptions } from "@/server/domain/exceptions/rules-unit";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { exceptionChanged } from "./exception-event";
import { raiseException } from "./raise-exception";

/**
 * Makes what is open equal to what the rules say should be open now: opens, closes, worsens and eases.
 * @returns how many exceptions changed
 */
export const watchExceptions = (ctx: Ctx): Promise<number> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const trips = await watchedTrips(tx, agencyId);
    const units = await watchedUnits(tx, agencyId);
    const wanted = [
      ...trips.flatMap((trip) => tripExceptions(trip, ctx.now)),
      ...units.flatMap((unit) => unitExceptions(unit, ctx.now)),
    ];
    const { opens, closes, worsens, eases } = reconcile(await openExceptionKeys(tx, agencyId), wanted);
    for (const one of opens) await raiseException(ctx, tx, uow, withoutTime(one));
    for (const open of closes) await change(ctx, tx, uow, open, { closedAt: ctx.now, closeReason: "over" });
    for (const { open, to } of worsens) await change(ctx, tx, uow, open, worse(to, ctx.now));
    for (const { open, to } of eases) await change(ctx, tx, uow, open, { severity: to.severity, detail: to.detail });
    return opens.length + closes.length + worsens.length + eases.length;
  });

/** It counts as new: nobody has acknowledged this, and a snooze ends. */
const worse = (to: Wanted, now: Date) => ({
  severity: to.severity,
  detail: to.detail,
  worsenedAt: now,
  acknowledgedAt: null,
  acknowledgedBy: null,
  snoozedUntil: null,
});

const withoutTime = ({ worseAt: _worseAt, ...one }: Wanted) => one;

async function change(
  ctx: Ctx,
  tx: Tx,
  uow: UnitOfWork,
  open: OpenException,
  set: Parameters<typeof updateException>[3],
) {
  const row = await updateException(tx, ctx.actor.agencyId, open.id, set);
  if (!row) return;
  const action = set.closedAt ? "exception.close" : "exception.change";
  uow.audit({ action, entity: "exception", entityId: row.id, fields: Object.keys(set) });
  uow.emit(exceptionChanged(row, ctx.now));
}
