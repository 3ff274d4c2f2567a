import "server-only";
import { refusing } from "@/db/constraint-errors";
import { crewOf, insertCrew, moveCrew, removeCrew, type ShiftRow, updateShift } from "@/db/queries/shifts";
import { bumpManifest, removeOtherBreaks } from "@/db/queries/stops";
import type { Tx } from "@/db/types";
import type { Ctx } from "@/server/context";
import { breakReasons, mergeBreaks } from "@/server/domain/shifts/breaks";
import { isOn } from "@/server/domain/shifts/cover";
import { editReasons } from "@/server/domain/shifts/edit-reasons";
import { periodReasons } from "@/server/domain/shifts/planning";
import type { Shift, ShiftPatch } from "@/server/domain/shifts/shift";
import { AppError, staleVersion } from "@/server/errors";
import { newId } from "@/server/ids";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { assertCrewFree } from "./crew-free";
import { lockOwnShift } from "./own-shift";
import { crewToPlan, vehicleOf } from "./planned-with";
import { SHIFT_REFUSALS } from "./refusals";
import { showOneShift } from "./show-shift";

/** Changes the plan of a shift, or the crew of a running one. */
export const editShift = (ctx: Ctx, id: string, { version, crew, breaks, ...plain }: ShiftPatch): Promise<Shift> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await lockOwnShift(tx, ctx, id, version);
    const change = { ...plain, ...(breaks && { breaks: mergeBreaks(before.breaks, breaks, newId) }) };
    const period = { startsAt: change.startsAt ?? before.startsAt, endsAt: change.endsAt ?? before.endsAt };
    const reasons = [...editReasons(before, plain), ...periodReasons(period), ...breakReasons(breaks ?? [], period)];
    if (reasons.length > 0) throw new AppError("rule_broken", "the shift can't be changed like this", reasons);
    if (change.vehicleId) await vehicleOf(tx, agencyId, change.vehicleId);
    const after = await refusing(SHIFT_REFUSALS, () => updateShift(tx, { agencyId, id, version }, change));
    if (!after) throw staleVersion(await showOneShift(tx, before));
    if (breaks) await dropBreakStops(tx, ctx, after);
    if (crew) await changeCrew(tx, ctx, after, await crewToPlan(tx, agencyId, crew));
    if (change.startsAt ?? change.endsAt)
      await refusing(SHIFT_REFUSALS, () => moveCrew(tx, after, movedBy(after, change)));
    const fields = [...Object.keys(change), ...(crew ? ["crew"] : [])];
    uow.audit({ action: "shift.edit", entity: "shift", entityId: id, fields });
    uow.emit(
      agencyEvent(agencyId, "unit.changed", { vehicleId: after.vehicleId, shiftId: id, version: after.version }),
    );
    return showOneShift(tx, after);
  });

/** Breaks that are not planned any more leave the manifest. */
async function dropBreakStops(tx: Tx, { now }: Ctx, shift: ShiftRow): Promise<void> {
  const kept = shift.breaks.map(({ id }) => id);
  if (await removeOtherBreaks(tx, shift.agencyId, shift.id, kept, now))
    await bumpManifest(tx, shift.agencyId, shift.id);
}

/** A running shift keeps the starts of those who joined on the way. */
const movedBy = (shift: ShiftRow, change: { startsAt?: Date; endsAt?: Date }) => ({
  ...(change.startsAt && !isOn(shift) && { startsAt: shift.startsAt }),
  ...(change.endsAt && { endsAt: shift.endsAt }),
});

/** Who joins a running shift is on it from now on; who leaves it is free from now on. */
async function changeCrew(tx: Tx, ctx: Ctx, shift: ShiftRow, wanted: readonly string[]): Promise<void> {
  const { agencyId, id: shiftId, endsAt } = shift;
  const present = await crewOf(tx, agencyId, [shiftId]);
  const leaving = present.filter(({ userId }) => !wanted.includes(userId)).map(({ id }) => id);
  await removeCrew(tx, agencyId, leaving, ctx.now);
  const startsAt = isOn(shift) && shift.startsAt < ctx.now && ctx.now < endsAt ? ctx.now : shift.startsAt;
  const joining = wanted
    .filter((userId) => !present.some((member) => member.userId === userId))
    .map((userId) => ({ agencyId, id: newId(), shiftId, userId, startsAt, endsAt }));
  await refusing(SHIFT_REFUSALS, () => insertCrew(tx, joining));
  if (isOn(shift)) await assertCrewFree(tx, shift);
}
