import "server-only";
import type { Tx } from "@/db/client";
import { type AssignmentRow, activeAssignmentsOf, updateAssignment } from "@/db/queries/assignments";
import { lockShift } from "@/db/queries/shifts";
import { updateStopOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { missedStatuses } from "@/server/domain/trips/clocks";
import { type Applied, type Correction, clearedAfter, correctedClocks } from "@/server/domain/trips/correction";
import { decideSupportCorrection } from "@/server/domain/trips/support";
import { AppError } from "@/server/errors";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { type Corrected, recordCorrection } from "./record-correction";
import { settleUnit } from "./release-unit";
import { changeTrip, clocksOf } from "./trip-work";

/**
 * The corrected press of a supporting unit: its own status and clocks; the trip's stay. Taking `completed` back makes it
 * support the trip again, if that is open and the unit is free.
 * @throws AppError rule_broken, unit_busy
 */
export async function correctSupport(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  trip: TripRow,
  { held, press, correction }: Corrected,
): Promise<void> {
  const { agencyId } = ctx.actor;
  const state = { status: held.status, clocks: clocksOf(held), tripIsOpen: trip.closedAt === null };
  const decision = decideSupportCorrection(state, correction, ctx.now);
  if (decision.kind === "refused") throw new AppError("rule_broken", "this can't be corrected", decision.reasons);
  await lockShift(tx, agencyId, held.shiftId);
  const resumes = decision.kind === "retract" && correction.event === "completed";
  if (resumes) await refuseWhenTaken(tx, ctx, held);
  const clocks = correctedClocks(clocksOf(held), decision);
  await updateAssignment(tx, agencyId, held.id, {
    ...clocks,
    missed: missedStatuses(clocks, "assist"),
    ...(decision.kind === "retime"
      ? { clearedAt: clearedAfter(held.clearedAt, decision) }
      : { status: held.status === "ended" ? held.status : decision.back, ...(resumes && { clearedAt: null }) }),
  });
  await correctStop(tx, ctx, held, correction, decision);
  await recordCorrection(tx, ctx, trip, { held, press, correction }, decision);
  await changeTrip(tx, uow, ctx, trip, { action: "trip.support_correct", set: {} });
  await settleUnit(tx, uow, ctx, held.shiftId);
}

/** A unit that has something else to do since can't be called back. */
async function refuseWhenTaken(tx: Tx, { actor }: Ctx, held: AssignmentRow): Promise<void> {
  if ((await activeAssignmentsOf(tx, actor.agencyId, held.shiftId)).length === 0) return;
  const message = "the unit has something else to do since";
  throw new AppError("unit_busy", message, [{ path: "event", code: "unit_busy", message }]);
}

/** The scene was reached and left with the presses. */
async function correctStop(
  tx: Tx,
  { actor }: Ctx,
  held: AssignmentRow,
  { event }: Correction,
  decision: Applied,
): Promise<void> {
  const column = event === "at_pickup" ? "arrivedAt" : event === "completed" ? "departedAt" : null;
  if (column === null) return;
  const at = decision.kind === "retime" ? decision.at : null;
  await updateStopOf(tx, actor.agencyId, { assignmentId: held.id, kind: "wait" }, { [column]: at });
}
