import "server-only";
import { updateStopOf } from "@/db/queries/stops";
import type { Ctx } from "@/server/context";
import type { SwapUnitInput } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isActive } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { assign } from "./assign-trip";
import { endAssignment, releaseUnit } from "./release-unit";
import { showTrip } from "./show-trips";
import { changeTrip, recordEvent, shownAfter, takeTrip } from "./trip-work";
import { pickupTimeOf, takeShift, unitOf } from "./unit-of-trip";

/**
 * Another unit takes over: a new assignment with clocks of its own; the old one ends with the reason. With the rider
 * aboard it is a transfer: the new unit meets the rider where the old one is.
 */
export const swapUnit = (ctx: Ctx, input: SwapUnitInput): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const { trip, current } = await takeTrip(tx, ctx, input.tripId, input.version);
    if (!current?.current || trip.closedAt) {
      throw new AppError("rule_broken", "no unit has this trip", [
        { path: "status", code: "not_assigned", message: `the trip is ${trip.status}` },
      ]);
    }
    const shift = await takeShift(tx, ctx, input, pickupTimeOf(trip, ctx.now), current.shiftId);
    if (shift.id === current.shiftId) return showTrip(tx, ctx, trip);
    const meetsAt = ["loaded", "at_dropoff"].includes(trip.status)
      ? ((await unitOf(tx, agencyId, current.shiftId)).position?.location ?? null)
      : null;
    await endAssignment(tx, ctx, current, { reason: "swapped", at: ctx.now });
    await recordEvent(tx, ctx, trip.id, {
      kind: "swapped",
      status: trip.status,
      assignment: current,
      reason: input.reason,
      data: { toShiftId: shift.id, riderAboard: meetsAt !== null },
    });
    const between = await changeTrip(tx, uow, ctx, trip, {
      action: "trip.swap",
      set: { currentAssignmentId: null, status: "requested" },
    });
    const unit = await unitOf(tx, agencyId, shift.id);
    const mode = isActive(trip.status) ? ("dispatch" as const) : current.mode;
    const overrideReason = input.override?.reason ?? null;
    const made = await assign(tx, uow, ctx, { trip: between, current: null, unit, mode, overrideReason });
    if (meetsAt) await updateStopOf(tx, agencyId, { assignmentId: made.id, kind: "pickup" }, { location: meetsAt });
    await releaseUnit(tx, uow, ctx, current.shiftId, ctx.now);
    return shownAfter(tx, ctx, trip.id);
  });
