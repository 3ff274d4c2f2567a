import "server-only";
import { ridersWithOpenHome, setRiderHome } from "@/db/queries/riders";
import type { Ctx } from "@/server/context";
import { write } from "@/server/services/unit-of-work";
import { sealedHome, sealedHomeZip } from "./rider-fields";

const AT_ONCE = 500;

/**
 * Seals homes that an earlier version stored in the clear: a migration can't, it has no keys. No edit: the version stays.
 * @returns how many were sealed now; called again it goes on with the rest
 */
export const sealHomes = (ctx: Ctx): Promise<number> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const rows = await ridersWithOpenHome(tx, agencyId, AT_ONCE);
    for (const { id, homeLocation, homeZip } of rows) {
      await setRiderHome(tx, agencyId, id, {
        ...(homeLocation && sealedHome(id, homeLocation)),
        ...(homeZip !== null && sealedHomeZip(id, homeZip)),
      });
      uow.audit({ action: "rider.seal", entity: "rider", entityId: id, fields: ["home"] });
    }
    return rows.length;
  });
