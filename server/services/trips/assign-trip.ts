import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { type AssignmentRow, assignmentsOf, insertAssignment, updateAssignment } from "@/db/queries/assignments";
import { crewOf } from "@/db/queries/shifts";
import { manifestOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { UnitRow } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import { assignmentBlockers, blockerReasons, standingBlockers } from "@/server/domain/dispatch/assignment-blockers";
import { levelSent } from "@/server/domain/dispatch/levels";
import type { AssignTripInput } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { type AssignmentMode, isActive, isClosed, LEVELS, type Level } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { putOnManifest } from "./manifest-of-shift";
import { settleUnit } from "./release-unit";
import { showTrip } from "./show-trips";
import { endSupports, supportsOf } from "./support-units";
import { changeTrip, personOf, recordEvent, shownAfter, takeTrip } from "./trip-work";
import { pickupTimeOf, takeShift, tripToAssign, unitOf, unitToAssign } from "./unit-of-trip";

/** What is being put together: all of it locked. */
export type Match = {
  trip: TripRow;
  current: AssignmentRow | null;
  unit: UnitRow;
  mode: AssignmentMode;
  overrideReason: string | null;
};

/**
 * Sends or holds a unit for a trip. The same again changes nothing.
 * @throws AppError rule_broken with every blocker, unit_busy, conflict when another unit has the trip
 */
export const assignTrip = (ctx: Ctx, input: AssignTripInput): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const { trip, current } = await takeTrip(tx, ctx, input.tripId, input.version);
    const { mode } = input;
    const shift = await takeShift(tx, ctx, input, pickupTimeOf(trip, ctx.now));
    if (isRepeat(trip, current, shift.id, mode)) return showTrip(tx, ctx, trip);
    const unit = await unitOf(tx, ctx.actor.agencyId, shift.id);
    await assign(tx, uow, ctx, { trip, current, unit, mode, overrideReason: input.override?.reason ?? null });
    return shownAfter(tx, ctx, trip.id);
  });

/** Has this unit the trip in this way already? One that was told is not told again. */
function isRepeat(trip: TripRow, current: AssignmentRow | null, shiftId: string, mode: AssignmentMode): boolean {
  if (current === null || isClosed(trip.status) || current.shiftId !== shiftId) return false;
  return current.mode === mode || (mode !== "reserve" && isActive(current.status));
}

/** Checks the rules and stores the assignment, its stops, its event and what follows from them. */
export async function assign(tx: Tx, uow: UnitOfWork, ctx: Ctx, match: Match): Promise<AssignmentRow> {
  const { agencyId } = ctx.actor;
  const { trip, unit, mode } = match;
  const rows = await manifestOf(tx, agencyId, unit.shift.id);
  const asked = await tripToAssign(tx, trip, match.current, ctx.now);
  await refuseBlocked(tx, ctx, match, assignmentBlockers(asked, unitToAssign(unit, rows, ctx.now), mode));
  await endOwnSupport(tx, ctx, match);
  const assignment = await store(tx, ctx, match);
  await putOnManifest(tx, ctx, { unit, rows, trip, assignment, mode });
  await recordEvent(tx, ctx, trip.id, {
    kind: "assigned",
    status: assignment.status,
    assignment,
    reason: match.overrideReason,
    data: { mode, vehicleId: unit.shift.vehicleId, overridden: match.overrideReason !== null },
  });
  const told = isActive(assignment.status);
  await changeTrip(tx, uow, ctx, trip, {
    action: `trip.${mode}`,
    newChannel: true,
    set: {
      status: told ? "dispatched" : "reserved",
      currentAssignmentId: assignment.id,
      missed: [],
      ...(told && { priorityAtDispatch: trip.priorityAtDispatch ?? trip.priority }),
    },
  });
  await settleUnit(tx, uow, ctx, unit.shift.id);
  return assignment;
}

/** @throws AppError when something stands in the way that no reason overrides */
async function refuseBlocked(
  tx: Tx,
  ctx: Ctx,
  match: Match,
  all: ReturnType<typeof assignmentBlockers>,
): Promise<void> {
  const blockers = standingBlockers(all, match.overrideReason);
  if (blockers.length === 0) return;
  const reasons = blockerReasons(blockers);
  if (blockers.includes("already_assigned")) {
    const current = await showTrip(tx, ctx, match.trip);
    throw new AppError(
      "conflict",
      "another unit has the trip meanwhile",
      reasons.map((one) => ({ ...one, current })),
    );
  }
  if (blockers.includes("busy")) {
    throw new AppError("unit_busy", "the unit is on another trip: queue it behind, or share the ride", [
      { path: "mode", code: "unit_busy", message: "the unit is on another trip" },
      ...reasons,
    ]);
  }
  throw new AppError("rule_broken", "the unit can't take this trip", reasons);
}

/** A unit that was there to help and now carries the rider itself helps no longer. */
async function endOwnSupport(tx: Tx, ctx: Ctx, { trip, unit }: Match): Promise<void> {
  const assignments = await assignmentsOf(tx, ctx.actor.agencyId, trip.id);
  const own = supportsOf({ assignments }).filter(({ shiftId }) => shiftId === unit.shift.id);
  await endSupports(tx, ctx, trip, own, { reason: "took_over", at: ctx.now });
}

const lostRace = { path: "version", code: "already_assigned", message: "another unit has the trip meanwhile" };

async function store(tx: Tx, ctx: Ctx, { trip, current, unit, mode, overrideReason }: Match): Promise<AssignmentRow> {
  const { agencyId } = ctx.actor;
  const told = mode === "dispatch" || mode === "aboard";
  const crew = await crewOf(tx, agencyId, [unit.shift.id]);
  const set = {
    mode,
    status: told ? ("dispatched" as const) : ("reserved" as const),
    levelSent: levelSent(unit.vehicle.levels, trip.level) ?? highestOf(unit.vehicle.levels),
    crewUserIds: crew.map(({ userId }) => userId),
    dispatchedAt: told ? ctx.now : null,
    sentAt: told ? ctx.now : null,
    overrideReason: overrideReason === null ? null : "given",
  };
  if (current && current.shiftId === unit.shift.id) return updateAssignment(tx, agencyId, current.id, set);
  const row = {
    ...set,
    agencyId,
    id: newId(),
    tripId: trip.id,
    shiftId: unit.shift.id,
    vehicleId: unit.shift.vehicleId,
    role: "transport" as const,
    assignedAt: ctx.now,
    assignedBy: personOf(ctx),
    createdBy: personOf(ctx),
  };
  return refusing({ assignments_one_transport: lostRace }, () => insertAssignment(tx, row));
}

/** The heaviest level a vehicle offers. */
export const highestOf = (levels: readonly string[]): Level | null =>
  LEVELS.findLast((level) => levels.includes(level)) ?? null;
