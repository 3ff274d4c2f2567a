import "server-only";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/server/context";
import { type Closing, evidenceOf } from "@/server/domain/trips/closing";
import type { AssignmentEndReason } from "@/server/domain/trips/vocabulary";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { endAssignment, releaseUnit } from "./release-unit";
import { endSupports, lockUnitsOf, releaseSupports, supportsOf } from "./support-units";
import { changeTrip, clocksOf, recordEvent, type TripAtWork } from "./trip-work";

type Close = Closing & {
  status: AssignmentEndReason & ("cancelled" | "no_show" | "not_transported");
  at: Date;
  reason: string | undefined;
  clientEventId?: string | null | undefined;
};

/** Evidence for a rider who did not come, from the clocks. */
export const noShowEvidence = (work: TripAtWork, at: Date, callAttempts: number | undefined) =>
  evidenceOf(clocksOf(work.current), at, callAttempts);

/** Closes a trip that was not completed: its units are free again, its followers hear it and nothing more. */
export async function closeTrip(tx: Tx, uow: UnitOfWork, ctx: Ctx, work: TripAtWork, close: Close): Promise<void> {
  const { trip, current } = work;
  const supports = supportsOf(work);
  await lockUnitsOf(tx, ctx, [current, ...supports]);
  if (current) await endAssignment(tx, ctx, current, { reason: close.status, at: close.at });
  await recordEvent(tx, ctx, trip.id, {
    kind: "status",
    status: close.status,
    assignment: current,
    happenedAt: close.at,
    reason: close.reason,
    clientEventId: close.clientEventId,
    data: { outcome: close.outcome, from: trip.status, ...close.evidence },
  });
  await endSupports(tx, ctx, trip, supports, { reason: close.status, at: close.at });
  await changeTrip(tx, uow, ctx, trip, {
    action: `trip.${close.status}`,
    newChannel: true,
    at: close.at,
    set: {
      status: close.status,
      outcome: close.outcome,
      evidence: close.evidence,
      endReason: close.status,
      closedAt: close.at,
      etaPickupAt: null,
      etaDropoffAt: null,
    },
  });
  if (current) await releaseUnit(tx, uow, ctx, current.shiftId, close.at);
  await releaseSupports(tx, uow, ctx, supports, close.at);
}
