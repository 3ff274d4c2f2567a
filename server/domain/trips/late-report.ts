import { CLOCK_OF, type ClockName, type Clocks, clockAfter, clockBefore, clocksAscend, orderOf } from "./clocks";
import { CREW_STATUSES, type CrewStatus, type TripStatus } from "./vocabulary";

/** An assignment as a report that arrives late finds it. */
export type HeldAssignment = { assignedAt: Date; endedAt: Date | null; clocks: Clocks };
export type LateDecision =
  | { kind: "applied"; clock: ClockName }
  | { kind: "kept"; code: "trip_closed" | "clock_taken" | "out_of_order" | "not_a_clock" };

/** Did this assignment belong to the crew at that moment? Both ends count. */
export const heldAt = ({ assignedAt, endedAt }: Pick<HeldAssignment, "assignedAt" | "endedAt">, at: Date): boolean =>
  at >= assignedAt && (endedAt === null || at <= endedAt);

/**
 * What happens to a crew's report for an assignment that has ended since: its clock is set when it is free, in order and
 * within the time the assignment was held; otherwise the report is kept beside the trip and somebody must look at it.
 * A report that a rider was aboard when the unit was taken off is never applied silently.
 */
export function decideLateReport(held: HeldAssignment, to: TripStatus, at: Date): LateDecision {
  const status = CREW_STATUSES.find((s): s is CrewStatus => s === to);
  if (!status) return { kind: "kept", code: "not_a_clock" };
  if (orderOf(status) >= orderOf("loaded")) return { kind: "kept", code: "trip_closed" };
  if (held.clocks[CLOCK_OF[status]] !== null) return { kind: "kept", code: "clock_taken" };
  const before = clockBefore(held.clocks, status);
  const after = clockAfter(held.clocks, status);
  const fits = (before === null || at >= before) && (after === null || at <= after);
  if (!fits || !clocksAscend({ ...held.clocks, [CLOCK_OF[status]]: at })) return { kind: "kept", code: "out_of_order" };
  return { kind: "applied", clock: CLOCK_OF[status] };
}
