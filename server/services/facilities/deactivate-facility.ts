import "server-only";
import { facilityById, updateFacility } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";

/** Takes a facility out of use; trips keep their snapshot of it. Once is as good as twice. */
export const deactivateFacility = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    if (!(await facilityById(tx, agencyId, id))) throw notFound("facility");
    const done = await updateFacility(tx, { agencyId, id }, { deactivatedAt: ctx.now });
    if (done) uow.audit({ action: "facility.deactivate", entity: "facility", entityId: id });
  });
