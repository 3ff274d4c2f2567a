import "server-only";
import { openTripsOf } from "@/db/queries/shift-trips";
import { moveCrew, updateShift } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { Shift, SignOn } from "@/server/domain/shifts/shift";
import { signOffReasons } from "@/server/domain/shifts/sign-on";
import { isActive } from "@/server/domain/trips/vocabulary";
import { AppError, notFound } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { odometerOf } from "./odometer-of";
import { lockOwnShift } from "./own-shift";
import { showOneShift } from "./show-shift";
import { recordUnitEvent } from "./unit-event";

/** A crew gives its truck back. Its truck and people are free for other shifts at once; open trips are refused by number. */
export const signOffShift = (ctx: Ctx, id: string, input: SignOn): Promise<Shift> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await lockOwnShift(tx, ctx, id, input.version);
    const open = await openTripsOf(tx, agencyId, id);
    const trips = open.map(({ tripId, number, status }) => ({ tripId, number, active: isActive(status) }));
    const reasons = signOffReasons(before, trips);
    if (reasons.length > 0) throw new AppError("rule_broken", "the shift can't be signed off", reasons);
    const odometerOffM = await odometerOf(tx, agencyId, input.odometer);
    const after = await updateShift(tx, { agencyId, id }, { signedOffAt: ctx.now, stateSince: ctx.now, odometerOffM });
    if (!after) throw notFound("shift");
    if (ctx.now < after.endsAt) await moveCrew(tx, after, { endsAt: ctx.now });
    await recordUnitEvent(tx, ctx, id, { kind: "signed_off", data: { vehicleId: after.vehicleId } });
    uow.audit({ action: "shift.sign_off", entity: "shift", entityId: id, fields: ["signedOffAt"] });
    const { vehicleId, version } = after;
    uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId, shiftId: id, version, status: "OFFLINE" }));
    return showOneShift(tx, after);
  });
