import type { Clocks } from "./clocks";
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
