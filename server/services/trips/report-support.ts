import "server-only";
import type { Tx } from "@/db/client";
import { type AssignmentRow, updateAssignment } from "@/db/queries/assignments";
import { updateStopOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { missedStatuses } from "@/server/domain/trips/clocks";
import type { ReportStatusInput } from "@/server/domain/trips/inputs";
import { decideSupport, type SupportDecision } from "@/server/domain/trips/support";
import type { CrewStatus } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { recordPress } from "./advance-trip";
import { keepLateReport } from "./late-report";
import { releaseUnit, settleUnit } from "./release-unit";
import { lockUnitsOf } from "./support-units";
import { changeTrip, clocksOf, sourceOf } from "./trip-work";

type Pressed = Extract<SupportDecision, { kind: "advance" | "fill" }>;

/**
 * A press of, or for, a supporting unit: it moves the unit's own status and clocks; the trip's follow its transport.
 * @throws AppError rule_broken with what is allowed
 */
export async function reportSupport(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  held: { trip: TripRow; support: AssignmentRow },
  input: ReportStatusInput,
): Promise<void> {
  const { trip, support } = held;
  const state = { status: support.status, clocks: clocksOf(support) };
  const decision = decideSupport(state, { status: input.status, at: input.at ?? null }, ctx.now);
  if (decision.kind === "same") return;
  if (decision.kind === "refused") {
    const { completedAt } = support;
    const overtaken = sourceOf(ctx) === "crew" && completedAt !== null && input.at && input.at <= completedAt;
    if (overtaken) return keepLateReport(tx, uow, ctx, trip, support, input);
    throw new AppError("rule_broken", `not possible for a unit that is ${support.status}`, decision.reasons);
  }
  await lockUnitsOf(tx, ctx, [support]);
  await press(tx, ctx, held, decision, input);
  const name = decision.kind === "fill" ? "trip.support_fill_clock" : `trip.support_status.${decision.to}`;
  await changeTrip(tx, uow, ctx, trip, { action: name, set: {} });
  if (decision.to === "completed") await releaseUnit(tx, uow, ctx, support.shiftId, decision.at);
  else await settleUnit(tx, uow, ctx, support.shiftId);
}

async function press(
  tx: Tx,
  ctx: Ctx,
  { trip, support }: { trip: TripRow; support: AssignmentRow },
  decision: Pressed,
  input: ReportStatusInput,
): Promise<void> {
  const { clock, at, to } = decision;
  const missed = missedStatuses({ ...clocksOf(support), [clock]: at }, "assist");
  const status = decision.kind === "advance" ? { status: to } : {};
  await updateAssignment(tx, ctx.actor.agencyId, support.id, { ...status, [clock]: at, missed });
  if (decision.kind === "advance") await moveStop(tx, ctx, support, to, at);
  await recordPress(tx, ctx, { trip, held: support, from: support.status }, decision, input);
}

/** The scene is reached and left with the status. */
async function moveStop(tx: Tx, { actor }: Ctx, support: AssignmentRow, to: CrewStatus, at: Date): Promise<void> {
  const key = { assignmentId: support.id, kind: "wait" as const };
  if (to === "at_pickup") await updateStopOf(tx, actor.agencyId, key, { arrivedAt: at });
  if (to === "completed") await updateStopOf(tx, actor.agencyId, key, { departedAt: at });
}
