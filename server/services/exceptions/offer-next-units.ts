import "server-only";
import { type ExceptionRow, lockException, openOfKind, updateException } from "@/db/queries/exceptions";
import type { Ctx } from "@/server/context";
import { type NextUnit, nextUnitDetail, nextUnitOf, sameOffer } from "@/server/domain/exceptions/next-unit";
import { listCandidates } from "@/server/services/trips/list-candidates";
import { read, write } from "@/server/services/unit-of-work";
import { exceptionChanged } from "./exception-event";

/**
 * While a unit does not answer a dispatch, its exception names the best of the others by the ranking of the dispatch
 * dialog. Worked out anew each time; stored and announced when it is another unit, or a minute nearer or farther.
 * @returns how many offers changed
 */
export async function offerNextUnits(ctx: Ctx): Promise<number> {
  const open = await read(ctx, (tx) => openOfKind(tx, ctx.actor.agencyId, "not_acknowledged"));
  let changed = 0;
  for (const row of open) {
    const best = row.tripId === null ? null : await bestInstead(ctx, row.tripId);
    if (!sameOffer(nextUnitOf(row.detail), best) && (await keep(ctx, row, best))) changed++;
  }
  return changed;
}

async function bestInstead(ctx: Ctx, tripId: string): Promise<NextUnit | null> {
  const { items } = await listCandidates(ctx, { tripId, mode: "dispatch", instead: true });
  const [best] = items;
  return best ? { shiftId: best.shiftId, callSign: best.callSign, etaS: best.etaS } : null;
}

const keep = (ctx: Ctx, { id }: ExceptionRow, best: NextUnit | null): Promise<boolean> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await lockException(tx, agencyId, id);
    if (!before || before.closedAt) return false;
    const row = await updateException(tx, agencyId, id, { detail: { ...before.detail, ...nextUnitDetail(best) } });
    if (!row) return false;
    uow.audit({ action: "exception.offer", entity: "exception", entityId: id, fields: ["detail"] });
    uow.emit(exceptionChanged(row, ctx.now));
    return true;
  });
