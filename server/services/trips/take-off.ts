import "server-only";
import type { Tx } from "@/db/client";
import { lockShift } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { AssignmentEndReason } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { endAssignment, releaseUnit } from "./release-unit";
import { changeTrip, recordEvent, type TripAtWork } from "./trip-work";

type Taken = { kind: AssignmentEndReason & ("unassigned" | "recalled" | "returned"); reason: string | undefined };

/**
 * Takes the unit off a locked trip, which is open again.
 * @throws AppError rule_broken when no unit has it, it is closed, or the rider is aboard
 */
export async function takeOff(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  work: TripAtWork,
  { kind, reason }: Taken,
): Promise<void> {
  const { trip, current } = work;
  const refuse = (code: string, message: string) =>
    new AppError("rule_broken", message, [{ path: "status", code, message }]);
  if (trip.closedAt) throw refuse("trip_not_open", `the trip is ${trip.status}`);
  if (!current) throw refuse("not_assigned", "no unit has this trip");
  if (trip.status === "loaded" || trip.status === "at_dropoff") {
    throw refuse("rider_aboard", "the rider is aboard: swap the unit, divert or complete");
  }
  await lockShift(tx, ctx.actor.agencyId, current.shiftId);
  await endAssignment(tx, ctx, current, { reason: kind, at: ctx.now });
  await recordEvent(tx, ctx, trip.id, { kind: "unassigned", status: kind, assignment: current, reason });
  const action = { unassigned: "trip.unassign", recalled: "trip.recall", returned: "trip.return" }[kind];
  const set = {
    status: "requested" as const,
    currentAssignmentId: null,
    missed: [],
    etaPickupAt: null,
    etaDropoffAt: null,
  };
  await changeTrip(tx, uow, ctx, trip, { action, newChannel: true, set });
  await releaseUnit(tx, uow, ctx, current.shiftId, ctx.now);
}
