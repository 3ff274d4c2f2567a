import "server-only";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { type AssignmentRow, updateAssignment } from "@/db/queries/assignments";
import { updateStopOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { odometerM } from "@/server/domain/fleet/odometer";
import { distanceM } from "@/server/domain/geo/lng-lat";
import { CLOCK_OF, missedStatuses } from "@/server/domain/trips/clocks";
import { completedOutcome } from "@/server/domain/trips/closing";
import type { ReportStatusInput } from "@/server/domain/trips/inputs";
import type { StatusDecision } from "@/server/domain/trips/status-report";
import { isSupport } from "@/server/domain/trips/support";
import type { CrewStatus } from "@/server/domain/trips/vocabulary";
import { newId } from "@/server/ids";
import { seal } from "@/server/security/keys";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { releaseUnit, settleUnit } from "./release-unit";
import { endSupports, releaseSupports } from "./support-units";
import { changeTrip, clocksOf, recordEvent } from "./trip-work";

type Held = { trip: TripRow; current: AssignmentRow; supports: AssignmentRow[] };
type Advance = Extract<StatusDecision, { kind: "advance" }>;
type Fill = Extract<StatusDecision, { kind: "fill" }>;

/** A drop-off this near to the pickup is a return to where the rider came from, in metres. */
const SAME_PLACE_M = 30;

/**
 * Moves a trip and its assignment on, with the stop it concerns and what follows for the unit; all its shifts are locked.
 * With the trip what still supports it is over.
 */
export async function advance(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  held: Held,
  decision: Advance,
  input: ReportStatusInput,
): Promise<void> {
  const { trip, current, supports } = held;
  const { to, at } = decision;
  const clocks = { ...clocksOf(current), [CLOCK_OF[to]]: at };
  const missed = missedStatuses(clocks, trip.kind);
  const odometer = await odometerSet(tx, ctx, to, input);
  await Promise.all([
    updateAssignment(tx, ctx.actor.agencyId, current.id, { status: to, [CLOCK_OF[to]]: at, missed, ...odometer }),
    moveStops(tx, ctx, held, to, at),
    recordPress(tx, ctx, { trip, held: current, from: trip.status }, decision, input),
  ]);
  const done = to === "completed";
  if (done) await endSupports(tx, ctx, trip, supports, { reason: "trip_completed", at });
  await changeTrip(tx, uow, ctx, trip, {
    action: `trip.status.${to}`,
    at,
    newChannel: done,
    set: {
      status: to,
      missed,
      ...(done && { outcome: trip.outcome ?? outcomeOf(trip), closedAt: at, etaPickupAt: null, etaDropoffAt: null }),
    },
  });
  if (!done) return settleUnit(tx, uow, ctx, current.shiftId);
  await releaseUnit(tx, uow, ctx, current.shiftId, at);
  await releaseSupports(tx, uow, ctx, supports, at);
}

/** Sets a clock that was skipped, with the time it really had; the status stays. */
export async function fillClock(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  held: Held,
  decision: Fill,
  input: ReportStatusInput,
): Promise<void> {
  const { trip, current } = held;
  const missed = missedStatuses({ ...clocksOf(current), [decision.clock]: decision.at }, trip.kind);
  await Promise.all([
    updateAssignment(tx, ctx.actor.agencyId, current.id, { [decision.clock]: decision.at, missed }),
    recordPress(tx, ctx, { trip, held: current, from: trip.status }, decision, input),
  ]);
  await changeTrip(tx, uow, ctx, trip, { action: "trip.fill_clock", set: { missed } });
}

const outcomeOf = (trip: TripRow) =>
  completedOutcome(
    trip.kind,
    trip.dropoffLocation !== null && distanceM(trip.pickupLocation, trip.dropoffLocation) < SAME_PLACE_M,
  );

/** Writes a press into the trip's history, with where the unit was, sealed. @param press.from - its status before */
export async function recordPress(
  tx: Tx,
  ctx: Ctx,
  { trip, held, from }: { trip: TripRow; held: AssignmentRow; from: string },
  decision: Advance | Fill,
  input: ReportStatusInput,
): Promise<void> {
  const sealedAt = newId();
  const place = { table: "trip_events", column: "data.position", rowId: sealedAt };
  const position = input.position ? seal(place, JSON.stringify([input.position.lat, input.position.lon])) : null;
  await recordEvent(tx, ctx, trip.id, {
    kind: "status",
    status: decision.to,
    assignment: held,
    happenedAt: decision.at,
    clientEventId: input.clientEventId,
    reason: input.reason,
    data: {
      from,
      ...(isSupport(held) && { role: held.role }),
      ...(decision.kind === "fill" && { filled: true }),
      ...(decision.kind === "advance" && decision.skipped.length > 0 && { skipped: decision.skipped }),
      ...(position && { positionId: sealedAt, position }),
    },
  });
}

async function odometerSet(tx: Tx, { actor }: Ctx, to: CrewStatus, { odometer }: ReportStatusInput) {
  if (typeof odometer !== "number") return {};
  const { distanceUnit } = await agencyById(tx, actor.agencyId);
  const reading = odometerM(odometer, distanceUnit);
  if (to === "at_pickup" || to === "loaded") return { odometerPickupM: reading };
  return to === "at_dropoff" || to === "completed" ? { odometerDropoffM: reading } : {};
}

/** A stop is reached and left with the status; one that was skipped counts as left with the next. */
async function moveStops(tx: Tx, { actor }: Ctx, { current }: Held, to: CrewStatus, at: Date): Promise<void> {
  const { agencyId } = actor;
  const key = (kind: "pickup" | "dropoff") => ({ assignmentId: current.id, kind });
  if (to === "at_pickup") await updateStopOf(tx, agencyId, key("pickup"), { arrivedAt: at });
  const leaves = to === "loaded" || ((to === "at_dropoff" || to === "completed") && current.loadedAt === null);
  if (leaves) await updateStopOf(tx, agencyId, key("pickup"), { departedAt: at });
  if (to === "at_dropoff") await updateStopOf(tx, agencyId, key("dropoff"), { arrivedAt: at });
  if (to === "completed") await updateStopOf(tx, agencyId, key("dropoff"), { departedAt: at });
}
