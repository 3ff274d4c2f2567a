import "server-only";
import { openTripsOf } from "@/db/queries/shift-trips";
import { crewOf, lockShift, removeCrew, updateShift } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import { isOn } from "@/server/domain/shifts/cover";
import { AppError, notFound, type Reason } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";

/** Takes a shift out of the plan. Once is as good as twice. Not while it runs, nor while trips are held for it. */
export const deactivateShift = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const shift = await lockShift(tx, agencyId, id);
    if (!shift) throw notFound("shift");
    if (shift.deactivatedAt) return;
    const reasons: Reason[] = isOn(shift) ? [{ code: "already_signed_on", message: "the unit is signed on" }] : [];
    for (const { number } of await openTripsOf(tx, agencyId, id)) {
      reasons.push({ path: "trips", code: "trip_reserved", message: `trip ${number} is held for this unit` });
    }
    if (reasons.length > 0) throw new AppError("rule_broken", "the shift can't be taken out of the plan", reasons);
    const crew = await crewOf(tx, agencyId, [id]);
    await removeCrew(
      tx,
      agencyId,
      crew.map((member) => member.id),
      ctx.now,
    );
    const after = await updateShift(tx, { agencyId, id }, { deactivatedAt: ctx.now });
    uow.audit({ action: "shift.deactivate", entity: "shift", entityId: id });
    uow.emit(
      agencyEvent(agencyId, "unit.changed", {
        vehicleId: shift.vehicleId,
        shiftId: id,
        version: after?.version ?? null,
        status: "removed",
      }),
    );
  });
