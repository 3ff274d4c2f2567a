import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { type AssignmentRow, insertAssignment } from "@/db/queries/assignments";
import { crewOf } from "@/db/queries/shifts";
import { manifestOf } from "@/db/queries/stops";
import type { UnitRow } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import { blockerReasons, standingBlockers } from "@/server/domain/dispatch/assignment-blockers";
import { supportBlockers } from "@/server/domain/dispatch/support-blockers";
import type { AddSupportInput } from "@/server/domain/trips/inputs";
import { isSupporting } from "@/server/domain/trips/support";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { write } from "@/server/services/unit-of-work";
import { highestOf } from "./assign-trip";
import { putOnManifest } from "./manifest-of-shift";
import { settleUnit } from "./release-unit";
import { showTrip } from "./show-trips";
import { changeTrip, personOf, recordEvent, shownAfter, type TripAtWork, takeTrip } from "./trip-work";
import { takeShift, tripToAssign, unitOf, unitToAssign } from "./unit-of-trip";

type Asked = { role: AddSupportInput["role"]; overrideReason: string | null };

/**
 * Sends another unit to a trip, to help the one that carries the rider or to be there first: told now, with a status and
 * clocks of its own. The trip's status stays what its transport says. The same again changes nothing.
 * @throws AppError rule_broken with every blocker, unit_busy, conflict when the unit is on this trip in another role
 */
export const addSupport = (ctx: Ctx, input: AddSupportInput): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    const { trip } = work;
    const shift = await takeShift(tx, ctx, input, ctx.now);
    const isRepeat = work.assignments.some(
      (one) => isSupporting(one) && one.shiftId === shift.id && one.role === input.role,
    );
    if (isRepeat) return showTrip(tx, ctx, trip);
    const unit = await unitOf(tx, ctx.actor.agencyId, shift.id);
    const rows = await manifestOf(tx, ctx.actor.agencyId, shift.id);
    const asked = { role: input.role, overrideReason: input.override?.reason ?? null };
    await refuseBlocked(tx, ctx, work, { unit, rows, ...asked });
    const assignment = await store(tx, ctx, work, unit, asked);
    await putOnManifest(tx, ctx, { unit, rows, trip, assignment, mode: "dispatch" });
    await recordEvent(tx, ctx, trip.id, {
      kind: "assigned",
      status: assignment.status,
      assignment,
      reason: asked.overrideReason,
      data: {
        mode: "dispatch",
        role: input.role,
        vehicleId: shift.vehicleId,
        overridden: asked.overrideReason !== null,
      },
    });
    await changeTrip(tx, uow, ctx, trip, { action: "trip.support", set: {} });
    await settleUnit(tx, uow, ctx, shift.id);
    return shownAfter(tx, ctx, trip.id);
  });

/** @throws AppError when something stands in the way that no reason overrides */
async function refuseBlocked(
  tx: Tx,
  ctx: Ctx,
  { trip, current, assignments }: TripAtWork,
  { unit, rows, overrideReason }: { unit: UnitRow; rows: Parameters<typeof unitToAssign>[1] } & Asked,
): Promise<void> {
  const onIt = [...(current?.current ? [current] : []), ...assignments.filter((one) => isSupporting(one))];
  const all = supportBlockers(
    // A trip wanted later may be supported from now on: what counts is that the unit is on duty.
    { ...(await tripToAssign(tx, trip, null, ctx.now)), pickupAt: ctx.now },
    unitToAssign(unit, rows, ctx.now),
    onIt.map(({ shiftId }) => shiftId),
  );
  const blockers = standingBlockers(all, overrideReason);
  if (blockers.length === 0) return;
  const reasons = blockerReasons(blockers).map((one) =>
    one.code === "already_assigned" ? { ...one, message: "the unit is on this trip already" } : one,
  );
  if (blockers.includes("already_assigned")) {
    const shown = await showTrip(tx, ctx, trip);
    throw new AppError(
      "conflict",
      "the unit is on this trip already",
      reasons.map((one) => ({ ...one, current: shown })),
    );
  }
  if (blockers.includes("busy")) throw new AppError("unit_busy", "the unit is on another trip", reasons);
  throw new AppError("rule_broken", "the unit can't support this trip", reasons);
}

const lostRace = { path: "version", code: "already_assigned", message: "the unit is on this trip already" };

async function store(tx: Tx, ctx: Ctx, { trip }: TripAtWork, unit: UnitRow, asked: Asked): Promise<AssignmentRow> {
  const { agencyId } = ctx.actor;
  const crew = await crewOf(tx, agencyId, [unit.shift.id]);
  const row = {
    agencyId,
    id: newId(),
    tripId: trip.id,
    shiftId: unit.shift.id,
    vehicleId: unit.shift.vehicleId,
    role: asked.role,
    mode: "dispatch" as const,
    status: "dispatched" as const,
    levelSent: highestOf(unit.vehicle.levels),
    crewUserIds: crew.map(({ userId }) => userId),
    assignedAt: ctx.now,
    assignedBy: personOf(ctx),
    dispatchedAt: ctx.now,
    sentAt: ctx.now,
    overrideReason: asked.overrideReason === null ? null : "given",
    createdBy: personOf(ctx),
  };
  return refusing({ assignments_one_support: lostRace }, () => insertAssignment(tx, row));
}
