import "server-only";
import { refusing } from "@/db/constraint-errors";
import { baseById, updateBase } from "@/db/queries/bases";
import type { Ctx } from "@/server/context";
import { type Base, type BasePatch, showBase } from "@/server/domain/fleet/base";
import { notFound, staleVersion } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { BASE_REFUSALS } from "./refusals";

export const editBase = (ctx: Ctx, id: string, { version, lat, lon, ...rest }: BasePatch): Promise<Base> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await baseById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("base");
    const location = { lat: lat ?? before.location.lat, lng: lon ?? before.location.lng };
    const after = await refusing(BASE_REFUSALS, () => updateBase(tx, { agencyId, id, version }, { ...rest, location }));
    if (!after) throw staleVersion(showBase((await baseById(tx, agencyId, id)) ?? before));
    const fields = Object.keys({ ...rest, ...(lat !== undefined && { lat }), ...(lon !== undefined && { lon }) });
    uow.audit({ action: "base.edit", entity: "base", entityId: id, fields });
    return showBase(after);
  });
