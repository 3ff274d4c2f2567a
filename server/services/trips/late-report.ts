import "server-only";
import type { Tx } from "@/db/client";
import { type AssignmentRow, updateAssignment } from "@/db/queries/assignments";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { missedStatuses } from "@/server/domain/trips/clocks";
import type { ReportStatusInput } from "@/server/domain/trips/inputs";
import { decideLateReport } from "@/server/domain/trips/late-report";
import { ownStatus } from "@/server/domain/trips/status-report";
import { isSupport } from "@/server/domain/trips/support";
import { raiseException } from "@/server/services/exceptions/raise-exception";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { changeTrip, clocksOf, recordEvent } from "./trip-work";

/**
 * Keeps what a crew reports for an assignment that has ended since, or for a trip that was closed: its clock is set
 * where that is right; otherwise the report stands beside the trip and dispatchers are asked to look at it.
 */
export async function keepLateReport(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  trip: TripRow,
  held: AssignmentRow,
  input: ReportStatusInput,
): Promise<void> {
  const at = input.at ?? ctx.now;
  const status = ownStatus(input.status);
  const clocks = clocksOf(held);
  const decision = decideLateReport({ ...held, clocks }, status, at);
  if (decision.kind === "applied") {
    const missed = missedStatuses({ ...clocks, [decision.clock]: at }, isSupport(held) ? "assist" : trip.kind);
    await updateAssignment(tx, ctx.actor.agencyId, held.id, { [decision.clock]: at, missed });
  }
  await recordEvent(tx, ctx, trip.id, {
    kind: "late_report",
    status,
    assignment: held,
    happenedAt: at,
    clientEventId: input.clientEventId,
    reason: input.reason,
    data: {
      ...(isSupport(held) && { role: held.role }),
      ...(decision.kind === "applied" ? { applied: true } : { applied: false, why: decision.code }),
    },
  });
  await changeTrip(tx, uow, ctx, trip, { action: "trip.late_report", set: {} });
  if (decision.kind === "kept") {
    await raiseException(ctx, tx, uow, {
      kind: "late_report",
      severity: "warning",
      subjectType: "trip",
      subjectId: trip.id,
      tripId: trip.id,
      shiftId: held.shiftId,
      detail: { status, why: decision.code },
    });
  }
}
