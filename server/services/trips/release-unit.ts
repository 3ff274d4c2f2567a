import "server-only";
import type { Tx } from "@/db/client";
import {
  type AssignmentRow,
  activeAssignmentsOf,
  firstStacked,
  unclearedAssignmentsOf,
  updateAssignment,
} from "@/db/queries/assignments";
import { lockTripNow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import type { AssignmentEndReason } from "@/server/domain/trips/vocabulary";
import { availabilityOf, isSignedOn } from "@/server/domain/units/availability";
import { agencyEvent } from "@/server/realtime/channels";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { refreshEstimates } from "./estimate-shift";
import { takeOffManifest } from "./manifest-of-shift";
import { changeTrip, recordEvent } from "./trip-work";
import { unitOf } from "./unit-of-trip";

/** Tells dispatchers that a unit changed, with its availability as it is now, and works out its estimates again. */
export async function settleUnit(tx: Tx, uow: UnitOfWork, ctx: Ctx, shiftId: string): Promise<void> {
  const { agencyId } = ctx.actor;
  const unit = unitOf(tx, agencyId, shiftId);
  const place = unit.then(({ position }) => position?.location ?? null);
  const [{ shift, activeTripIds }] = await Promise.all([unit, refreshEstimates(tx, ctx, shiftId, place)]);
  const status = availabilityOf({ ...shift, activeTrips: activeTripIds.length });
  const { vehicleId, version } = shift;
  uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId, shiftId, version, status }));
}

/** Ends an assignment without completing the trip: it keeps its clocks and says why; a unit that was told is off it (.14). */
export async function endAssignment(
  tx: Tx,
  ctx: Ctx,
  assignment: AssignmentRow,
  { reason, at }: { reason: AssignmentEndReason; at: Date },
): Promise<void> {
  await updateAssignment(tx, ctx.actor.agencyId, assignment.id, {
    status: "ended",
    current: false,
    endedAt: at,
    endReason: reason,
    ...(assignment.dispatchedAt && { clearedAt: at }),
  });
  await takeOffManifest(tx, ctx, assignment);
}

const ABOARD = ["loaded", "at_dropoff"];

/**
 * What follows when a unit of a locked shift has got rid of a trip: it is back in service (.13) unless riders are aboard
 * or it is delayed, and is then told of the trip queued next.
 */
export async function releaseUnit(tx: Tx, uow: UnitOfWork, ctx: Ctx, shiftId: string, at: Date): Promise<void> {
  const { agencyId } = ctx.actor;
  const { shift } = await unitOf(tx, agencyId, shiftId);
  const active = await activeAssignmentsOf(tx, agencyId, shiftId);
  const ridersAboard = active.some(({ status }) => ABOARD.includes(status));
  if (shift.state !== "delayed" && !ridersAboard) {
    for (const done of await unclearedAssignmentsOf(tx, agencyId, shiftId)) {
      const from = done.completedAt ?? at;
      await updateAssignment(tx, agencyId, done.id, { clearedAt: from > at ? from : at });
    }
  }
  if (active.length === 0) await tellNext(tx, uow, ctx, shiftId);
  await settleUnit(tx, uow, ctx, shiftId);
}

/** Tells a free unit of the trip queued behind what it did, if there is one. */
async function tellNext(tx: Tx, uow: UnitOfWork, ctx: Ctx, shiftId: string): Promise<void> {
  const { agencyId } = ctx.actor;
  const { shift } = await unitOf(tx, agencyId, shiftId);
  if (!isSignedOn(shift) || availabilityOf({ ...shift, activeTrips: 0 }) !== "ONLINE") return;
  const next = await firstStacked(tx, agencyId, shiftId);
  const trip = next && (await lockTripNow(tx, agencyId, next.tripId));
  if (!next || !trip || trip.currentAssignmentId !== next.id || trip.closedAt) return;
  const told = await updateAssignment(tx, agencyId, next.id, {
    status: "dispatched",
    dispatchedAt: ctx.now,
    sentAt: ctx.now,
  });
  await recordEvent(tx, ctx, trip.id, {
    kind: "status",
    status: "dispatched",
    assignment: told,
    source: "system",
    data: { mode: "stack" },
  });
  await changeTrip(tx, uow, ctx, trip, {
    action: "trip.dispatch_next",
    set: { status: "dispatched", priorityAtDispatch: trip.priorityAtDispatch ?? trip.priority },
  });
}
