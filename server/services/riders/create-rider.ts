import "server-only";
import { insertRider } from "@/db/queries/riders";
import { actorUserId, type Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { write } from "@/server/services/unit-of-work";
import { type RiderDetail, RiderFields, riderColumns } from "./rider-fields";
import { assertRules, detailOf, storePairs } from "./riding-rules";

export const CreateRiderInput = RiderFields;

/** Keeps a rider for the next booking. */
export const createRider = (ctx: Ctx, input: RiderFields): Promise<RiderDetail> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const id = newId();
    await assertRules(tx, agencyId, id, input);
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
    await storePairs(tx, ctx, id, input.pairs);
    uow.audit({ action: "rider.create", entity: "rider", entityId: id, fields: Object.keys(input) });
    return detailOf(tx, row);
  });
