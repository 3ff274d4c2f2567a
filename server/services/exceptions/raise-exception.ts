import "server-only";
import type { Tx } from "@/db/client";
import { type ExceptionRow, insertException, type NewException } from "@/db/queries/exceptions";
import type { Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { exceptionChanged } from "./exception-event";

/**
 * Opens an exception within another change, unless one of its kind is open for its subject.
 * @returns the row, or null when one was open already
 */
export async function raiseException(
  ctx: Ctx,
  tx: Tx,
  uow: UnitOfWork,
  raised: Omit<NewException, "id">,
): Promise<ExceptionRow | null> {
  const row = await insertException(tx, ctx.actor.agencyId, { id: newId(), ...raised }, ctx.now);
  if (row) {
    uow.audit({ action: "exception.open", entity: "exception", entityId: row.id, fields: [row.kind] });
    uow.emit(exceptionChanged(row, ctx.now));
  }
  return row;
}
