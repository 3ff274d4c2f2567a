import "server-only";
import { type PlanTripRow, planById, tripsOfPlan, unitsOfPlan } from "@/db/queries/planning";
import { shiftsByIds } from "@/db/queries/shifts";
import { tripsByIds } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import type { ApplyPlanInput } from "@/server/domain/plans/inputs";
import { chosenBreaks, chosenTrips, type Part, partsOf, shiftsOf } from "@/server/domain/plans/parts";
import type { PlanApplied } from "@/server/domain/plans/plan-view";
import { isUndecided } from "@/server/domain/plans/vocabulary";
import { AppError, notFound, ruleBroken } from "@/server/errors";
import { read, write } from "@/server/services/unit-of-work";
import { applyPart } from "./apply-part";
import { showPlan } from "./show-plan";
import { changedTrips, changesSince, staleReasons } from "./stale-parts";
import { takePlan } from "./take-plan";

/**
 * Accepts a proposal, or the units and trips of it that are named. Changes that hang together are one transaction; what
 * was changed since the day was read is refused, all of it, or with `skipStale` only what it touches.
 * @throws AppError conflict naming what was changed, rule_broken for a plan that can't be applied
 */
export async function applyPlan(ctx: Ctx, input: ApplyPlanInput): Promise<PlanApplied> {
  await write(ctx, async (tx) => {
    const plan = await takePlan(tx, ctx, input, isUndecided);
    if (plan.kind === "what_if") throw ruleBroken("planId", "what_if", "a question is never carried out");
  });
  const { parts, stale } = await partsToApply(ctx, input);
  const applied: Part = { tripIds: [], shiftIds: [] };
  const refused: PlanApplied["refused"] = [...stale];
  for (const part of parts) {
    try {
      await applyPart(ctx, input.planId, part);
      applied.tripIds.push(...part.tripIds);
      applied.shiftIds.push(...part.shiftIds);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ shiftIds: part.shiftIds, reasons: error.reasons });
      if (parts.length === 1) throw error;
    }
  }
  if (applied.shiftIds.length === 0 && refused.length > 0) throw nothingApplied(refused);
  const plan = await read(ctx, (tx) => planById(tx, ctx.actor.agencyId, input.planId));
  if (!plan) throw notFound("plan");
  return { plan: showPlan(plan), applied: applied.tripIds, units: applied.shiftIds, refused };
}

const nothingApplied = (refused: PlanApplied["refused"]): AppError =>
  new AppError(
    "conflict",
    "nothing of the plan could be carried out",
    refused
      .flatMap(({ reasons }) => reasons)
      .map(({ path, code, message }) => ({ code, message, ...(path && { path }) })),
  );

type Sorted = { parts: Part[]; stale: PlanApplied["refused"] };

/** What was chosen, in parts; what is stale is set aside, or refuses all. */
const partsToApply = (ctx: Ctx, input: ApplyPlanInput): Promise<Sorted> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const trips = await tripsOfPlan(tx, agencyId, input.planId);
    const allUnits = await unitsOfPlan(tx, agencyId, input.planId);
    const chosen = chosenTrips(trips, input);
    const resting = chosenBreaks(allUnits, input);
    if (chosen.length === 0 && resting.length === 0)
      throw ruleBroken("tripIds", "nothing_chosen", "nothing of the plan that is still open was chosen");
    const touched = [...new Set([...chosen.flatMap(shiftsOf), ...resting.map(({ shiftId }) => shiftId)])];
    const units = allUnits.filter(({ shiftId }) => touched.includes(shiftId));
    const now = await shiftsByIds(tx, agencyId, touched);
    const tripsNow = await tripsByIds(
      tx,
      agencyId,
      chosen.map(({ tripId }) => tripId),
    );
    const changed = await changesSince(tx, agencyId, { units, trips, now });
    const edited = changedTrips(chosen, tripsNow);
    const reasons = staleReasons(changed, edited, tripsNow);
    if (reasons.length === 0) return { parts: partsOf(chosen, resting), stale: [] };
    if (!input.skipStale) throw new AppError("conflict", "changed by somebody else meanwhile", reasons);
    const isFresh = (trip: PlanTripRow) => !edited.includes(trip) && !shiftsOf(trip).some((id) => changed.has(id));
    const rested = resting.filter(({ shiftId }) => !changed.has(shiftId));
    return { parts: partsOf(chosen.filter(isFresh), rested), stale: [{ shiftIds: [...changed.keys()], reasons }] };
  });
