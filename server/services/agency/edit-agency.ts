import "server-only";
import { agencyById, updateAgency } from "@/db/queries/agencies";
import type { Ctx } from "@/server/context";
import type { Agency, AgencyPatch } from "@/server/domain/people/agency";
import { staleVersion } from "@/server/errors";
import { forgetCachedAccess } from "@/server/services/people/end-access";
import { write } from "@/server/services/unit-of-work";
import { showAgency } from "./get-agency";

/** Changes the agency's name, clock, units or locks. A new idle timeout holds for sessions that begin after it. */
export const editAgency = (ctx: Ctx, { version, lockAfterS, idleTimeoutS, ...set }: AgencyPatch): Promise<Agency> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await agencyById(tx, agencyId);
    const chosen = {
      ...(lockAfterS !== undefined && { lockAfterS }),
      ...(idleTimeoutS !== undefined && { idleTimeoutS }),
    };
    const settings = { ...before.settings, ...chosen };
    const after = await updateAgency(tx, { id: agencyId, version }, { ...set, settings });
    if (!after) throw staleVersion(showAgency(await agencyById(tx, agencyId)));
    await forgetCachedAccess(tx, uow);
    const fields = Object.keys({ ...set, ...chosen });
    uow.audit({ action: "agency.edit", entity: "agency", entityId: agencyId, fields });
    return showAgency(after);
  });
