import "server-only";
import { z } from "zod";
import { lockShift } from "@/db/queries/shifts";
import { bumpManifest, lastSeq, manifestOf, orderStops } from "@/db/queries/stops";
import type { Ctx } from "@/server/context";
import { reorderReasons } from "@/server/domain/dispatch/manifest";
import type { ManifestView } from "@/server/domain/trips/board-view";
import { Version } from "@/server/domain/version";
import { AppError, notFound, staleVersion } from "@/server/errors";
import { asManifestStop } from "@/server/services/trips/manifest-of-shift";
import { settleUnit } from "@/server/services/trips/release-unit";
import { write } from "@/server/services/unit-of-work";
import { showManifest } from "./get-unit-manifest";

export const ReorderStopsInput = z.strictObject({
  shiftId: z.uuid(),
  /** Every stop that is still to make, in the new order. */
  stopIds: z.array(z.uuid()).min(1).max(200),
  manifestVersion: Version,
});

/**
 * Puts a unit's stops into another order.
 * @throws AppError conflict with the manifest as it is when it was changed meanwhile, rule_broken when a stop that is
 * reached would move, or a rider be dropped off before the pickup
 */
export const reorderStops = (ctx: Ctx, input: z.infer<typeof ReorderStopsInput>): Promise<ManifestView> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const shift = await lockShift(tx, agencyId, input.shiftId);
    if (!shift || shift.deactivatedAt) throw notFound("shift");
    if (shift.manifestVersion !== input.manifestVersion) throw staleVersion(await showManifest(tx, ctx, shift));
    const rows = await manifestOf(tx, agencyId, shift.id);
    const codes = reorderReasons(rows.map(asManifestStop), input.stopIds);
    if (codes.length > 0) {
      const reasons = codes.map((code) => ({ path: "stopIds", code, message: code.replaceAll("_", " ") }));
      throw new AppError("rule_broken", "the stops can't be put into this order", reasons);
    }
    await orderStops(tx, agencyId, input.stopIds, (await lastSeq(tx, agencyId, shift.id)) + 10);
    const manifestVersion = await bumpManifest(tx, agencyId, shift.id);
    uow.audit({ action: "unit.reorder", entity: "shift", entityId: shift.id, fields: ["stops"] });
    await settleUnit(tx, uow, ctx, shift.id);
    return showManifest(tx, ctx, { ...shift, manifestVersion });
  });
