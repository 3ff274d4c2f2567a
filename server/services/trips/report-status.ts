import "server-only";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import { eventByClientId } from "@/db/queries/trip-events";
import type { Ctx } from "@/server/context";
import type { ReportStatusInput } from "@/server/domain/trips/inputs";
import { heldAt } from "@/server/domain/trips/late-report";
import { decideStatus, ownStatus } from "@/server/domain/trips/status-report";
import { isSupport } from "@/server/domain/trips/support";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isClosed, type TripStatus } from "@/server/domain/trips/vocabulary";
import { AppError, ruleBroken } from "@/server/errors";
import { sqlState } from "@/server/services/sql-state";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { advance, fillClock } from "./advance-trip";
import { closeTrip, noShowEvidence } from "./close-trip";
import { keepLateReport } from "./late-report";
import { reportSupport } from "./report-support";
import { showTrip } from "./show-trips";
import { lockUnitsOf, supportsOf } from "./support-units";
import { clocksOf, shownAfter, sourceOf, type TripAtWork, takeTrip } from "./trip-work";
import { ownAssignments } from "./unit-of-trip";

const UNIQUE_VIOLATION = "23505";

/**
 * A press of the crew, of a dispatcher for it, or of a phone that was without signal: forward only, the same again
 * changes nothing, a repeated `clientEventId` gives the trip and nothing else. What a crew that held the trip at that
 * time reports late is kept, whatever has happened since. What a supporting unit reports moves its own clocks only.
 * @throws AppError rule_broken with what is allowed, forbidden for a trip of somebody else
 */
export async function reportStatus(ctx: Ctx, input: ReportStatusInput): Promise<TripView> {
  try {
    return await write(ctx, (tx, uow) => report(tx, uow, ctx, input));
  } catch (error) {
    // Two requests with one clientEventId ran at once: the other one is stored now, so this one is its repeat.
    if (!input.clientEventId || sqlState(error) !== UNIQUE_VIOLATION) throw error;
    return write(ctx, (tx, uow) => report(tx, uow, ctx, input));
  }
}

async function report(tx: Tx, uow: UnitOfWork, ctx: Ctx, input: ReportStatusInput): Promise<TripView> {
  const [work, repeat] = await Promise.all([takeTrip(tx, ctx, input.tripId, input.version), isRepeat(tx, ctx, input)]);
  const meant = await reportedFor(tx, ctx, work, input);
  if (repeat) return showTrip(tx, ctx, work.trip);
  if (meant.kind === "late") await keepLateReport(tx, uow, ctx, work.trip, meant.held, input);
  else if (meant.kind === "support") await reportSupport(tx, uow, ctx, { trip: work.trip, support: meant.held }, input);
  else await decide(tx, uow, ctx, work, input);
  return shownAfter(tx, ctx, input.tripId);
}

/** @throws AppError conflict when the id was used for another trip */
async function isRepeat(tx: Tx, { actor }: Ctx, { clientEventId, tripId }: ReportStatusInput): Promise<boolean> {
  if (!clientEventId) return false;
  const seen = await eventByClientId(tx, actor.agencyId, clientEventId);
  if (seen && seen.tripId !== tripId) {
    throw new AppError("conflict", "this clientEventId was used for another trip", [
      { path: "clientEventId", code: "in_use", message: "used for another trip" },
    ]);
  }
  return seen !== undefined;
}

/** What a report is of: the unit that has the trip, one that supports it, or one that a crew held at the time of the press. */
type Meant = { kind: "transport" } | { kind: "support" | "late"; held: AssignmentRow };
const TRANSPORT: Meant = { kind: "transport" };

/**
 * A crew reports for what it has now, else for an ended assignment that it held at the time of the press; everybody else
 * for the unit that has the trip, or the supporting one that is named.
 * @throws AppError forbidden when the crew has, and had, nothing to do with the trip; rule_broken for a foreign assignment
 */
async function reportedFor(tx: Tx, ctx: Ctx, work: TripAtWork, input: ReportStatusInput): Promise<Meant> {
  const { trip, current, assignments } = work;
  if (sourceOf(ctx) !== "crew") return named(assignments, input.assignmentId);
  const own = await ownAssignments(tx, ctx, assignments);
  if (own.some((one) => one.current && one.id === current?.id)) return TRANSPORT;
  const support = own.findLast((one) => one.current && isSupport(one));
  if (support) return { kind: "support", held: support };
  const { at } = input;
  const then = at ? own.findLast((one) => heldAt(one, at)) : undefined;
  if (then) return { kind: "late", held: then };
  // Its own trip that was closed meanwhile: the rules say what is wrong with the press.
  if (own.length > 0 && isClosed(trip.status)) return TRANSPORT;
  throw new AppError("forbidden", "not a trip of your shift");
}

function named(assignments: readonly AssignmentRow[], id: string | undefined): Meant {
  if (id === undefined) return TRANSPORT;
  const meant = assignments.find((one) => one.id === id);
  if (!meant) throw ruleBroken("assignmentId", "unknown", "this trip has no such assignment");
  return isSupport(meant) ? { kind: "support", held: meant } : TRANSPORT;
}

async function decide(tx: Tx, uow: UnitOfWork, ctx: Ctx, work: TripAtWork, input: ReportStatusInput): Promise<void> {
  const { trip, current } = work;
  const state = {
    kind: trip.kind,
    status: trip.status,
    clocks: clocksOf(current),
    hasDropoff: trip.dropoffLocation !== null,
  };
  const decision = decideStatus(state, { status: input.status, at: input.at ?? null }, ctx.now);
  if (decision.kind === "same") return;
  if (decision.kind === "refused" && current && wasOvertaken(ctx, current, input)) {
    await keepLateReport(tx, uow, ctx, trip, current, input);
    return;
  }
  if (decision.kind === "refused")
    throw new AppError("rule_broken", refusal(input.status, trip.status), decision.reasons);
  if (!current) throw new Error("a trip that was told to a unit has no assignment");
  if (decision.kind === "close") {
    await closeTrip(tx, uow, ctx, work, {
      status: decision.to,
      at: decision.at,
      // Nobody said why: the outcome stays open, and dispatchers are asked for it.
      outcome: decision.to === "no_show" ? "no_show" : (input.outcome ?? null),
      evidence: noShowEvidence(work, decision.at, input.callAttempts),
      reason: input.reason,
      clientEventId: input.clientEventId,
    });
    return;
  }
  const supports = decision.to === "completed" ? supportsOf(work) : [];
  await lockUnitsOf(tx, ctx, [current, ...supports]);
  if (decision.kind === "fill") await fillClock(tx, uow, ctx, { trip, current, supports }, decision, input);
  else await advance(tx, uow, ctx, { trip, current, supports }, decision, input);
}

/** Did somebody else complete the trip while this crew's press was on its way? Then it is kept, not refused. */
const wasOvertaken = (ctx: Ctx, { completedAt }: AssignmentRow, { at }: ReportStatusInput): boolean =>
  sourceOf(ctx) === "crew" && completedAt !== null && Boolean(at && at <= completedAt);

const refusal = (asked: ReportStatusInput["status"], status: TripStatus) =>
  `${ownStatus(asked)} is not possible for a trip that is ${status}`;
