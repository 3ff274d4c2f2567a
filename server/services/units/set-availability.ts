import "server-only";
import { z } from "zod";
import { activeAssignmentsOf } from "@/db/queries/assignments";
import { lockShift, type ShiftRow, shiftById } from "@/db/queries/shifts";
import { shiftsOfPerson } from "@/db/queries/units";
import { actorUserId, type Ctx } from "@/server/context";
import type { Availability } from "@/server/domain/fleet/vocabulary";
import { AvailabilitySchema, UnitStateSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { isOn } from "@/server/domain/shifts/cover";
import { EARLY_SIGN_ON_MS } from "@/server/domain/shifts/sign-on";
import { line } from "@/server/domain/text";
import { availabilityOf } from "@/server/domain/units/availability";
import { ruleBroken } from "@/server/errors";
import { signOffShift } from "@/server/services/shifts/sign-off-shift";
import { signOnShift } from "@/server/services/shifts/sign-on-shift";
import { read, write } from "@/server/services/unit-of-work";
import { changeState } from "./set-unit-state";

export const SetAvailabilityInput = z
  .strictObject({ state: z.enum(["online", "break", "offline"]), reason: line(200).nullish() })
  .meta({ id: "SetAvailability" });
export type SetAvailabilityInput = z.infer<typeof SetAvailabilityInput>;
/** The caller's unit after the change. */
export const AvailabilityView = z
  .object({ shiftId: z.uuid(), vehicleId: z.uuid(), state: UnitStateSchema, availability: AvailabilitySchema })
  .meta({ id: "MyAvailability" });
export type AvailabilityView = z.infer<typeof AvailabilityView>;

/**
 * The simple switch of a phone, for the caller's own shift: online signs it on (from its planned start) or ends a break,
 * break starts one, offline signs it off. The same again changes nothing.
 */
export async function setAvailability(ctx: Ctx, input: SetAvailabilityInput): Promise<AvailabilityView> {
  const shift = await ownShift(ctx);
  if (input.state === "offline") {
    if (isOn(shift)) await signOffShift(ctx, shift.id, {});
  } else if (!isOn(shift)) {
    if (input.state === "break") throw ruleBroken("state", "off_shift", "sign on first");
    await signOnShift(ctx, shift.id, {}, 0);
  } else {
    await switchBreak(ctx, shift.id, input);
  }
  return shownShift(ctx, shift.id);
}

/** @throws AppError rule_broken when the caller has no shift now */
async function ownShift(ctx: Ctx): Promise<ShiftRow> {
  const userId = actorUserId(ctx.actor);
  const shifts = await read(ctx, async (tx) =>
    userId ? shiftsOfPerson(tx, ctx.actor.agencyId, userId, ctx.now, EARLY_SIGN_ON_MS) : [],
  );
  const [shift] = shifts;
  if (!shift) throw ruleBroken("state", "off_shift", "you have no shift now");
  return shift;
}

const switchBreak = (ctx: Ctx, shiftId: string, { state, reason }: SetAvailabilityInput): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const shift = await lockShift(tx, ctx.actor.agencyId, shiftId);
    if (!shift) throw ruleBroken("state", "off_shift", "you have no shift now");
    const to = state === "break" ? ("break" as const) : ("available" as const);
    const free = availabilityOf({ ...shift, activeTrips: 0 }) === "ONLINE";
    if (shift.state === to || (to === "available" && free)) return;
    await changeState(tx, uow, ctx, shift, { state: to, reason: reason ?? null, until: null, interruptible: null });
  });

const shownShift = (ctx: Ctx, shiftId: string): Promise<AvailabilityView> =>
  read(ctx, async (tx) => {
    const shift = await shiftById(tx, ctx.actor.agencyId, shiftId);
    if (!shift) throw ruleBroken("state", "off_shift", "you have no shift now");
    const activeTrips = (await activeAssignmentsOf(tx, ctx.actor.agencyId, shiftId)).length;
    const availability: Availability = availabilityOf({ ...shift, activeTrips });
    return { shiftId, vehicleId: shift.vehicleId, state: shift.state, availability };
  });
