import "server-only";
import { z } from "zod";
import { lockRider, updateRider } from "@/db/queries/riders";
import type { Ctx } from "@/server/context";
import { Version } from "@/server/domain/version";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { type RiderDetail, RiderFields, riderColumns } from "./rider-fields";
import { assertRules, detailOf, refuseStale, storePairs } from "./riding-rules";

export const EditRiderInput = RiderFields.partial().extend({
  id: z.uuid(),
  version: Version,
  active: z.boolean().optional(),
});

/** Changes a rider. @throws AppError not_found, conflict with the current row */
export const editRider = (ctx: Ctx, input: z.output<typeof EditRiderInput>): Promise<RiderDetail> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const { id, version, active, ...fields } = input;
    const before = await lockRider(tx, agencyId, id);
    if (!before) throw notFound("rider");
    await refuseStale(tx, before, version);
    await assertRules(tx, agencyId, id, {
      preferredCrew: before.preferredCrew,
      refusedCrew: before.refusedCrew,
      ...fields,
    });
    const deactivatedAt = active === undefined ? before.deactivatedAt : active ? null : ctx.now;
    const after = await updateRider(tx, agencyId, id, { ...riderColumns(agencyId, id, fields), deactivatedAt });
    if (!after) throw notFound("rider");
    await storePairs(tx, ctx, id, fields.pairs);
    uow.audit({
      action: "rider.edit",
      entity: "rider",
      entityId: id,
      fields: Object.keys({ ...fields, ...(active !== undefined && { active }) }),
    });
    return detailOf(tx, after);
  });
