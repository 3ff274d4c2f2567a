import "server-only";
import { insertRider } from "@/db/queries/riders";
import { actorUserId, type Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { write } from "@/server/services/unit-of-work";
import { presentRider, RiderFields, type RiderView, riderColumns } from "./rider-fields";

export const CreateRiderInput = RiderFields;

/** Keeps a rider for the next booking. */
export const createRider = (ctx: Ctx, input: RiderFields): Promise<RiderView> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const id = newId();
    const columns = riderColumns(agencyId, id, input);
    const row = await insertRider(tx, {
      agencyId,
      id,
      nameEnc: "",
      ...columns,
      createdAt: ctx.now,
      updatedAt: ctx.now,
      createdBy: actorUserId(ctx.actor) ?? null,
    });
    uow.audit({ action: "rider.create", entity: "rider", entityId: id, fields: Object.keys(input) });
    return presentRider(row);
  });
