import type { Clocks } from "./clocks";
import { type Correction, type CorrectionDecision, decideCorrection } from "./correction";
import { decideStatus, type StatusDecision, type StatusReport } from "./status-report";
import type { AssignmentRole, AssignmentStatus, SupportRole, TripStatus } from "./vocabulary";

/** A supporting unit as a row of the board shows it beside the one that has the trip. */
export type SupportOnBoard = {
  assignmentId: string;
  shiftId: string;
  callSign: string;
  role: SupportRole;
  status: AssignmentStatus;
  /** Since when it is in this status. */
  since: Date;
};

type Held = { role: AssignmentRole; current: boolean; status: AssignmentStatus };

export const isSupport = <A extends { role: AssignmentRole }>(one: A): one is A & { role: SupportRole } =>
  one.role !== "transport";

/** Is this unit on the trip beside the one that carries the rider, and not done yet? */
export const isSupporting = <A extends Held>(one: A): one is A & { role: SupportRole } =>
  isSupport(one) && one.current && one.status !== "completed" && one.status !== "ended";

export type SupportDecision = Exclude<StatusDecision, { kind: "close" }>;
const ENDS_THE_TRIP: readonly string[] = ["no_show", "not_transported"];

/**
 * What a press of a supporting unit does to its own clocks: it carries nobody, so it goes from `at_pickup` to `completed`,
 * and that the rider did not come is for the unit that carries riders to say. The trip's status is not its business.
 */
export function decideSupport(
  state: { status: AssignmentStatus; clocks: Clocks },
  report: StatusReport,
  now: Date,
): SupportDecision {
  const status: TripStatus = state.status === "ended" ? "cancelled" : state.status;
  const decision = decideStatus({ kind: "assist", status, clocks: state.clocks, hasDropoff: false }, report, now);
  if (decision.kind === "refused") {
    return { kind: "refused", reasons: decision.reasons.filter(({ code }) => !ENDS_THE_TRIP.includes(code)) };
  }
  if (decision.kind !== "close") return decision;
  return {
    kind: "refused",
    reasons: [{ path: "status", code: "not_allowed", message: "a supporting unit does not end the trip" }],
  };
}

type Corrected = { status: AssignmentStatus; clocks: Clocks; tripIsOpen: boolean };

/**
 * What a correction does to the clocks of a supporting unit. One that was sent home stays so, and none is called back to a
 * trip that is over.
 */
export function decideSupportCorrection(
  { status, clocks, tripIsOpen }: Corrected,
  correction: Correction,
  now: Date,
): Exclude<CorrectionDecision, { kind: "reopen" }> {
  const no = (code: string, message: string) => ({
    kind: "refused" as const,
    reasons: [{ path: "event", code, message }],
  });
  const decision = decideCorrection({ status: status === "ended" ? "completed" : status, clocks }, correction, now);
  if (decision.kind === "reopen") return no("not_recorded", "a supporting unit does not end the trip");
  const resumes = decision.kind === "retract" && correction.event === "completed";
  return resumes && !tripIsOpen ? no("trip_not_open", "the trip is over") : decision;
}
