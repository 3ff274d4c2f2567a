import "server-only";
import { refusing } from "@/db/constraint-errors";
import { insertBases } from "@/db/queries/bases";
import { actorUserId, type Ctx } from "@/server/context";
import { type Base, type NewBase, showBase } from "@/server/domain/fleet/base";
import { newId } from "@/server/ids";
import { write } from "@/server/services/unit-of-work";
import { BASE_REFUSALS } from "./refusals";

/** Adds a place where units start, end or post. */
export const createBase = (ctx: Ctx, { lat, lon, name, address }: NewBase): Promise<Base> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const row = {
      agencyId,
      id: newId(),
      name,
      address: address ?? null,
      location: { lng: lon, lat },
      createdBy: actorUserId(ctx.actor) ?? null,
    };
    const [made] = await refusing(BASE_REFUSALS, () => insertBases(tx, [row]));
    if (!made) throw new Error("insert gave no row");
    uow.audit({ action: "base.create", entity: "base", entityId: made.id });
    return showBase(made);
  });
