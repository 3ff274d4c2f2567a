import "server-only";
import { refusing } from "@/db/constraint-errors";
import { updateShift } from "@/db/queries/shifts";
import { vehicleToUse } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Shift, SignOn } from "@/server/domain/shifts/shift";
import { EARLY_SIGN_ON_MS, signOnReasons } from "@/server/domain/shifts/sign-on";
import { AppError, notFound } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { assertCrewFree } from "./crew-free";
import { odometerOf } from "./odometer-of";
import { lockOwnShift } from "./own-shift";
import { SHIFT_REFUSALS } from "./refusals";
import { showOneShift } from "./show-shift";
import { recordUnitEvent } from "./unit-event";

/**
 * A crew takes its truck: from now on the shift is a unit. A crew signs on its own shift only.
 * @param earlyMs - how long before the planned start it is allowed, in milliseconds
 */
export const signOnShift = (ctx: Ctx, id: string, input: SignOn, earlyMs = EARLY_SIGN_ON_MS): Promise<Shift> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await lockOwnShift(tx, ctx, id, input.version);
    const vehicle = await vehicleToUse(tx, agencyId, before.vehicleId);
    if (!vehicle) throw notFound("vehicle");
    const reasons = signOnReasons(before, vehicle, ctx.now, earlyMs);
    if (reasons.length > 0) throw new AppError("rule_broken", "the shift can't be signed on", reasons);
    await assertCrewFree(tx, before);
    const after = await refusing(SHIFT_REFUSALS, async () =>
      updateShift(
        tx,
        { agencyId, id },
        {
          signedOnAt: ctx.now,
          odometerOnM: await odometerOf(tx, agencyId, input.odometer),
          state: "available",
          stateReasonEnc: null,
          stateSince: ctx.now,
          stateUntil: null,
        },
      ),
    );
    if (!after) throw notFound("shift");
    await recordUnitEvent(tx, ctx, id, { kind: "signed_on", data: { vehicleId: after.vehicleId } });
    uow.audit({ action: "shift.sign_on", entity: "shift", entityId: id, fields: ["signedOnAt"] });
    const { vehicleId, version } = after;
    uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId, shiftId: id, version, status: "ONLINE" }));
    return showOneShift(tx, after);
  });
