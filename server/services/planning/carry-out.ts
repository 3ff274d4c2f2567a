import "server-only";
import type { Tx } from "@/db/client";
import type { PlanTripRow } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { assign } from "@/server/services/trips/assign-trip";
import { takeOff } from "@/server/services/trips/take-off";
import { type TripAtWork, takeTrip } from "@/server/services/trips/trip-work";
import { unitOf } from "@/server/services/trips/unit-of-trip";
import type { UnitOfWork } from "@/server/services/unit-of-work";

/** Takes a locked trip off the unit that has it and reserves the one planned, as a dispatcher would. */
export async function carryOut(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  work: TripAtWork,
  { change, toShiftId }: PlanTripRow,
): Promise<void> {
  if (change === "retimed") return;
  const has = work.current?.current ? work.current.shiftId : null;
  if (has !== null && has !== toShiftId) {
    await takeOff(tx, uow, ctx, work, { kind: "unassigned", reason: undefined });
  }
  if (toShiftId === null || has === toShiftId) return;
  const { trip } = await takeTrip(tx, ctx, work.trip.id);
  const unit = await unitOf(tx, ctx.actor.agencyId, toShiftId);
  try {
    await assign(tx, uow, ctx, { trip, current: null, unit, mode: "reserve", overrideReason: null });
  } catch (error) {
    throw error instanceof AppError ? named(error, trip.number, unit.shift.callSign) : error;
  }
}

/** The refusal of one assignment, saying which. */
const named = (error: AppError, number: string, callSign: string): AppError =>
  new AppError(
    error.code,
    error.message,
    error.reasons.map((one) => ({ ...one, message: `trip ${number} on ${callSign}: ${one.message}` })),
  );
