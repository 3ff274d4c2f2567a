import "server-only";
import { baseById, updateBase } from "@/db/queries/bases";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";

/** Takes a base out of use; what was done from there stays. Once is as good as twice. */
export const deactivateBase = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    if (!(await baseById(tx, agencyId, id))) throw notFound("base");
    const done = await updateBase(tx, { agencyId, id }, { deactivatedAt: ctx.now });
    if (done) uow.audit({ action: "base.deactivate", entity: "base", entityId: id });
  });
