import "server-only";
import { z } from "zod";
import { shiftsOfPerson } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { raiseException } from "@/server/services/exceptions/raise-exception";
import { recordUnitEvent } from "@/server/services/shifts/unit-event";
import { write } from "@/server/services/unit-of-work";

export const RaiseEmergencyInput = z.strictObject({});

/**
 * A crew calls for help: an exception that is never snoozed and sounds on every console. Pressing again while one is open
 * changes nothing.
 * @throws AppError rule_broken without a signed-on shift
 */
export const raiseEmergency = (ctx: Ctx): Promise<{ shiftId: string }> =>
  write(ctx, async (tx, uow) => {
    const { actor, now } = ctx;
    if (actor.kind !== "user") throw new AppError("forbidden", "for crews only");
    const shift = (await shiftsOfPerson(tx, actor.agencyId, actor.userId, now, 0)).find((one) => one.signedOnAt);
    if (!shift)
      throw new AppError("rule_broken", "sign on first", [
        { path: "shift", code: "off_shift", message: "you are not signed on" },
      ]);
    const raised = await raiseException(ctx, tx, uow, {
      kind: "crew_emergency",
      severity: "emergency",
      subjectType: "shift",
      subjectId: shift.id,
      tripId: null,
      shiftId: shift.id,
      detail: {},
    });
    if (raised) await recordUnitEvent(tx, ctx, shift.id, { kind: "emergency" });
    return { shiftId: shift.id };
  });
