import "server-only";
import type { Tx } from "@/db/client";
import {
  type AssignmentRow,
  activeAssignmentsOf,
  type NewAssignment,
  updateAssignment,
} from "@/db/queries/assignments";
import { lockShift } from "@/db/queries/shifts";
import { insertStops, manifestOf, updateStopOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { CLOCK_OF, missedStatuses } from "@/server/domain/trips/clocks";
import {
  type Applied,
  type CorrectableStatus,
  clearedAfter,
  correctedClocks,
  decideCorrection,
} from "@/server/domain/trips/correction";
import { AppError } from "@/server/errors";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { stopsOfTrip } from "./manifest-of-shift";
import { type Corrected, recordCorrection } from "./record-correction";
import { settleUnit } from "./release-unit";
import { changeTrip, clocksOf } from "./trip-work";

/** The corrected press of the unit that has the trip: the trip's status and clocks follow. */
export async function correctTransport(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  trip: TripRow,
  { held: current, press, correction }: Corrected,
): Promise<void> {
  const { event } = correction;
  const decision = decideCorrection({ status: trip.status, clocks: clocksOf(current) }, correction, ctx.now);
  if (decision.kind === "refused") throw new AppError("rule_broken", "this can't be corrected", decision.reasons);
  await lockShift(tx, ctx.actor.agencyId, current.shiftId);
  const reopens =
    decision.kind === "reopen" || (decision.kind === "retract" && trip.status === "completed" && event === "completed");
  if (reopens) await refuseWhenTaken(tx, ctx, { trip, current });
  const clocks = correctedClocks(clocksOf(current), decision);
  const status = decision.kind === "retime" ? trip.status : decision.back;
  const missed = missedStatuses(clocks, trip.kind);
  await updateAssignment(tx, ctx.actor.agencyId, current.id, {
    ...clocks,
    ...assignmentSet(decision, current, reopens),
    missed,
  });
  await correctStops(tx, ctx, { trip, current }, event, decision);
  await recordCorrection(tx, ctx, trip, { held: current, press, correction }, decision);
  await changeTrip(tx, uow, ctx, trip, {
    action: "trip.correct",
    newChannel: reopens,
    set: { status, missed, ...(reopens && { closedAt: null, outcome: null, endReason: null, evidence: null }) },
  });
  await settleUnit(tx, uow, ctx, current.shiftId);
}

type Work = { trip: TripRow; current: AssignmentRow };

function assignmentSet(decision: Applied, current: AssignmentRow, reopens: boolean): Partial<NewAssignment> {
  if (decision.kind === "retime") return { clearedAt: clearedAfter(current.clearedAt, decision) };
  const status = decision.back;
  if (!reopens) return { status: current.status === "ended" ? current.status : status };
  return { status, current: true, endedAt: null, endReason: null, clearedAt: null };
}

/** A unit that is on another trip since can't have this one back. */
async function refuseWhenTaken(tx: Tx, { actor }: Ctx, { trip, current }: Work): Promise<void> {
  const active = await activeAssignmentsOf(tx, actor.agencyId, current.shiftId);
  if (active.every((one) => one.tripId === trip.id)) return;
  throw new AppError("unit_busy", "the unit is on another trip since", [
    { path: "event", code: "unit_busy", message: "the unit is on another trip since" },
  ]);
}

const STOP_TIMES: Partial<
  Record<CorrectableStatus, { kind: "pickup" | "dropoff"; column: "arrivedAt" | "departedAt" }>
> = {
  at_pickup: { kind: "pickup", column: "arrivedAt" },
  loaded: { kind: "pickup", column: "departedAt" },
  at_dropoff: { kind: "dropoff", column: "arrivedAt" },
  completed: { kind: "dropoff", column: "departedAt" },
};

/** Stops follow their clocks; a trip that is open again is on its unit's manifest again, first. */
async function correctStops(
  tx: Tx,
  { actor }: Ctx,
  { trip, current }: Work,
  event: CorrectableStatus,
  decision: Applied,
) {
  const { agencyId } = actor;
  if (decision.kind === "reopen") {
    const [first] = await manifestOf(tx, agencyId, current.shiftId);
    const seq = (first?.stop.seq ?? 20) - 9;
    const stops = stopsOfTrip(trip, current).map((stop, i) => ({ ...stop, seq: seq + i }));
    await insertStops(
      tx,
      stops.map((stop) => (stop.kind === "pickup" ? { ...stop, arrivedAt: current[CLOCK_OF.at_pickup] } : stop)),
    );
    return;
  }
  const stop = STOP_TIMES[event];
  if (!stop) return;
  const at = decision.kind === "retime" ? decision.at : null;
  await updateStopOf(tx, agencyId, { assignmentId: current.id, kind: stop.kind }, { [stop.column]: at });
}
