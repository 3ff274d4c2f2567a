import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { activeAssignmentsOf } from "@/db/queries/assignments";
import { lockShift, type ShiftRow } from "@/db/queries/shifts";
import { setShiftState } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import type { Availability } from "@/server/domain/fleet/vocabulary";
import { UnitStateSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { MomentInput } from "@/server/domain/moment";
import { line } from "@/server/domain/text";
import { availabilityOf } from "@/server/domain/units/availability";
import { interruptibleByDefault, type StateChange, stateReasons } from "@/server/domain/units/unit-state";
import { Version } from "@/server/domain/version";
import { AppError, notFound, staleVersion } from "@/server/errors";
import { noteBreak } from "@/server/services/shifts/note-break";
import { recordUnitEvent } from "@/server/services/shifts/unit-event";
import { releaseUnit } from "@/server/services/trips/release-unit";
import { assertOwnTrip } from "@/server/services/trips/unit-of-trip";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { openStateReason, sealStateReason } from "./state-reason";

export const SetUnitStateInput = z.strictObject({
  shiftId: z.uuid(),
  state: UnitStateSchema,
  reason: line(200).nullish(),
  until: MomentInput.nullish(),
  interruptible: z.boolean().nullish(),
  version: Version.optional(),
});
export type SetUnitStateInput = z.infer<typeof SetUnitStateInput>;
export type UnitStateView = {
  shiftId: string;
  vehicleId: string;
  state: ShiftRow["state"];
  stateReason: string | null;
  stateSince: Date | null;
  stateUntil: Date | null;
  interruptible: boolean;
  availability: Availability;
  version: number;
};

/** Says what a unit is doing besides its trips: posted, on a break, delayed, out of service, free again. */
export const setUnitState = (ctx: Ctx, input: SetUnitStateInput): Promise<UnitStateView> =>
  write(ctx, async (tx, uow) => {
    const shift = await lockShift(tx, ctx.actor.agencyId, input.shiftId);
    if (!shift || shift.deactivatedAt) throw notFound("shift");
    await assertOwnTrip(tx, ctx, shift.id);
    if (input.version !== undefined && input.version !== shift.version) {
      throw staleVersion({ id: shift.id, state: shift.state, version: shift.version });
    }
    const change = {
      state: input.state,
      reason: input.reason ?? null,
      until: input.until ?? null,
      interruptible: input.interruptible ?? null,
    };
    return changeState(tx, uow, ctx, shift, change);
  });

/** Stores a new state of a locked shift; a unit that is free again clears its last trip and is told of the next. */
export async function changeState(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  shift: ShiftRow,
  change: StateChange,
): Promise<UnitStateView> {
  const { agencyId } = ctx.actor;
  const activeTrips = (await activeAssignmentsOf(tx, agencyId, shift.id)).length;
  const reasons = stateReasons({ ...shift, activeTrips }, change, ctx.now);
  if (reasons.length > 0) throw new AppError("rule_broken", "the unit can't go into this state", reasons);
  const after = await setShiftState(tx, agencyId, shift.id, {
    state: change.state,
    stateReasonEnc: sealStateReason(shift.id, change.reason),
    stateSince: change.state === shift.state ? shift.stateSince : ctx.now,
    stateUntil: change.until,
    interruptible: change.interruptible ?? interruptibleByDefault(change.state),
  });
  if (!after) throw notFound("shift");
  await noteBreak(tx, ctx, shift, change.state);
  await recordUnitEvent(tx, ctx, shift.id, {
    kind: "state",
    reason: change.reason,
    data: { from: shift.state, to: change.state, until: change.until?.toISOString() ?? null },
  });
  uow.audit({ action: "unit.state", entity: "shift", entityId: shift.id, fields: ["state"] });
  await releaseUnit(tx, uow, ctx, shift.id, ctx.now);
  const now = (await activeAssignmentsOf(tx, agencyId, shift.id)).length;
  return {
    shiftId: after.id,
    vehicleId: after.vehicleId,
    state: after.state,
    stateReason: openStateReason(ctx, after),
    stateSince: after.stateSince,
    stateUntil: after.stateUntil,
    interruptible: after.interruptible,
    availability: availabilityOf({ ...after, activeTrips: now }),
    version: after.version,
  };
}
