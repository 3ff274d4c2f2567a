import "server-only";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import { lockShifts } from "@/db/queries/shifts";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { CLOCK_OF, reachedStatus } from "@/server/domain/trips/clocks";
import { isSupporting } from "@/server/domain/trips/support";
import type { AssignmentEndReason } from "@/server/domain/trips/vocabulary";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { endAssignment, releaseUnit } from "./release-unit";
import { clocksOf, recordEvent, type TripAtWork } from "./trip-work";

/** The units that support a trip and are not done yet. */
export const supportsOf = ({ assignments }: Pick<TripAtWork, "assignments">): AssignmentRow[] =>
  assignments.filter((one) => isSupporting(one));

/** Locks the shifts of these assignments, by id. */
export const lockUnitsOf = async (tx: Tx, { actor }: Ctx, held: readonly (AssignmentRow | null)[]): Promise<void> => {
  const ids = held.flatMap((one) => (one === null ? [] : [one.shiftId]));
  if (ids.length > 0) await lockShifts(tx, actor.agencyId, [...new Set(ids)]);
};

/**
 * Ends what supports a locked trip, on locked shifts, and says why; each keeps its clocks.
 * @param at - when; a unit that pressed later than that is off it at its last press, since clocks never run backwards
 */
export async function endSupports(
  tx: Tx,
  ctx: Ctx,
  trip: TripRow,
  supports: readonly AssignmentRow[],
  { reason, at, why }: { reason: AssignmentEndReason; at: Date; why?: string | undefined },
): Promise<void> {
  for (const one of supports) {
    const end = latest(at, one.assignedAt, lastClockOf(one));
    await endAssignment(tx, ctx, one, { reason, at: end });
    await recordEvent(tx, ctx, trip.id, {
      kind: "unassigned",
      status: reason,
      assignment: one,
      happenedAt: end,
      reason: why,
      data: { role: one.role },
    });
  }
}

/** The units that were sent home are free again. */
export async function releaseSupports(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  supports: readonly AssignmentRow[],
  at: Date,
): Promise<void> {
  for (const one of supports) await releaseUnit(tx, uow, ctx, one.shiftId, at);
}

const latest = (...times: (Date | null)[]): Date =>
  new Date(Math.max(...times.map((time) => time?.getTime() ?? Number.NEGATIVE_INFINITY)));

function lastClockOf(assignment: AssignmentRow): Date | null {
  const clocks = clocksOf(assignment);
  const reached = reachedStatus(clocks);
  return reached && clocks[CLOCK_OF[reached]];
}
