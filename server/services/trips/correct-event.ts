import "server-only";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import {
  type AssignmentRow,
  activeAssignmentsOf,
  type NewAssignment,
  updateAssignment,
} from "@/db/queries/assignments";
import { lockShift } from "@/db/queries/shifts";
import { insertStops, manifestOf, updateStopOf } from "@/db/queries/stops";
import { pressOf, type TripEventRow } from "@/db/queries/trip-events";
import { actorId, type Ctx } from "@/server/context";
import { CLOCK_OF, type Clocks, missedStatuses } from "@/server/domain/trips/clocks";
import {
  type CorrectableStatus,
  type Correction,
  type CorrectionDecision,
  correctable,
  correctorReasons,
  decideCorrection,
} from "@/server/domain/trips/correction";
import type { Correct } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError, ruleBroken } from "@/server/errors";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { stopsOfTrip } from "./manifest-of-shift";
import { settleUnit } from "./release-unit";
import { changeTrip, clocksOf, recordEvent, shownAfter, sourceOf, type TripAtWork, takeTrip } from "./trip-work";
import { assertOwnTrip } from "./unit-of-trip";

type Input = z.infer<typeof Correct.input>;
type Applied = Exclude<CorrectionDecision, { kind: "refused" }>;

/**
 * Takes a wrong press back, or gives it its right time: a crew its own within 2 minutes, a dispatcher with a reason.
 * The old value stays in the events.
 */
export const correctEvent = (ctx: Ctx, input: Input): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    await assertOwnTrip(tx, ctx, work.current?.shiftId ?? null);
    const { press, event } = await pressToCorrect(tx, ctx, input);
    const role = sourceOf(ctx) === "crew" ? ("crew" as const) : ("dispatcher" as const);
    const pressedByCaller = press.actorId !== null && press.actorId === actorId(ctx.actor);
    const reason = input.reason ?? null;
    const who = correctorReasons({ role, pressedByCaller, recordedAt: press.recordedAt }, reason, ctx.now);
    if (who.length > 0) throw new AppError("rule_broken", "this can't be corrected", who);
    const correction = { event, at: input.at ?? null, reason };
    const decision = decideCorrection(
      { status: work.trip.status, clocks: clocksOf(work.current) },
      correction,
      ctx.now,
    );
    if (decision.kind === "refused") throw new AppError("rule_broken", "this can't be corrected", decision.reasons);
    if (!work.current) throw new Error("a trip with clocks has no assignment");
    await apply(tx, uow, ctx, { ...work, current: work.current }, press, correction, decision);
    return shownAfter(tx, ctx, input.tripId);
  });

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

async function pressToCorrect(tx: Tx, { actor }: Ctx, { tripId, event }: Input) {
  const named = UUID.test(event) ? undefined : correctable(event);
  if (named === null) throw ruleBroken("event", "unknown", "no press of this name");
  const press = await pressOf(tx, actor.agencyId, tripId, named ? { status: named } : { id: event });
  const status = named ?? (press?.status ? correctable(press.status) : null);
  if (!press || !status) throw ruleBroken("event", "not_recorded", "this was not pressed, or is corrected already");
  return { press, event: status };
}

type Work = TripAtWork & { current: AssignmentRow };

async function apply(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  work: Work,
  press: TripEventRow,
  correction: Correction,
  decision: Applied,
) {
  const { trip, current } = work;
  await lockShift(tx, ctx.actor.agencyId, current.shiftId);
  const reopens =
    decision.kind === "reopen" ||
    (decision.kind === "retract" && trip.status === "completed" && correction.event === "completed");
  if (reopens) await refuseWhenTaken(tx, ctx, work);
  const clocks = correctedClocks(clocksOf(current), decision);
  const status = decision.kind === "retime" ? trip.status : decision.back;
  const missed = missedStatuses(clocks, trip.kind);
  await updateAssignment(tx, ctx.actor.agencyId, current.id, {
    ...clocks,
    ...assignmentSet(decision, current, reopens),
    missed,
  });
  await correctStops(tx, ctx, work, correction.event, decision);
  await recordEvent(tx, ctx, trip.id, {
    kind: "corrected",
    status: decision.kind === "retime" ? correction.event : null,
    assignment: current,
    happenedAt: correction.at ?? ctx.now,
    reason: correction.reason,
    replaces: press.id,
    data: {
      event: correction.event,
      was: press.happenedAt.toISOString(),
      to: correction.at?.toISOString() ?? null,
      back: decision.kind === "retime" ? null : status,
    },
  });
  await changeTrip(tx, uow, ctx, trip, {
    action: "trip.correct",
    newChannel: reopens,
    set: { status, missed, ...(reopens && { closedAt: null, outcome: null, endReason: null, evidence: null }) },
  });
  await settleUnit(tx, uow, ctx, current.shiftId);
}

function correctedClocks(clocks: Clocks, decision: Applied): Clocks {
  if (decision.kind === "reopen") return clocks;
  return { ...clocks, [decision.clock]: decision.kind === "retime" ? decision.at : null };
}

function assignmentSet(decision: Applied, current: AssignmentRow, reopens: boolean): Partial<NewAssignment> {
  if (decision.kind === "retime") return {};
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
