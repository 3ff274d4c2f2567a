import "server-only";
import { refusing } from "@/db/constraint-errors";
import { insertCrew, insertShifts } from "@/db/queries/shifts";
import { actorUserId, type Ctx } from "@/server/context";
import { breakReasons, mergeBreaks } from "@/server/domain/shifts/breaks";
import { periodReasons } from "@/server/domain/shifts/planning";
import { type NewShift, type Shift, showShift } from "@/server/domain/shifts/shift";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { crewToPlan, vehicleOf } from "./planned-with";
import { SHIFT_REFUSALS } from "./refusals";

/** Plans a vehicle and its crew for a period. Somebody's or something's other shift at that time is a conflict. */
export const createShift = (ctx: Ctx, input: NewShift): Promise<Shift> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const { vehicleId, startsAt, endsAt } = input;
    const period = { startsAt, endsAt };
    const reasons = [...periodReasons(period), ...breakReasons(input.breaks ?? [], period)];
    if (reasons.length > 0) throw new AppError("rule_broken", "this period can't be planned", reasons);
    const vehicle = await vehicleOf(tx, agencyId, vehicleId);
    const crew = await crewToPlan(tx, agencyId, input.crew ?? []);
    const row = {
      agencyId,
      id: newId(),
      vehicleId,
      callSign: input.callSign ?? vehicle.callSign,
      baseId: input.baseId === undefined ? vehicle.baseId : input.baseId,
      startsAt,
      endsAt,
      breaks: mergeBreaks([], input.breaks ?? [], newId),
      createdBy: actorUserId(ctx.actor) ?? null,
    };
    const [made] = await refusing(SHIFT_REFUSALS, () => insertShifts(tx, [row]));
    if (!made) throw new Error("insert gave no row");
    const people = crew.map((userId) => ({ agencyId, id: newId(), shiftId: made.id, userId, startsAt, endsAt }));
    await refusing(SHIFT_REFUSALS, () => insertCrew(tx, people));
    uow.audit({ action: "shift.create", entity: "shift", entityId: made.id });
    uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId, shiftId: made.id, version: made.version }));
    return showShift(made, crew);
  });
