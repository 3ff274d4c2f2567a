import "server-only";
import { updatePlan } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import type { DecidePlanInput } from "@/server/domain/plans/inputs";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { isInTheMaking } from "@/server/domain/plans/vocabulary";
import { personOf } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { announcePlan, showPlan } from "./show-plan";
import { takePlan } from "./take-plan";

/** Stops a plan that is being made; its worker notices within a second. Progress does not make a version stale here. */
export const cancelPlan = (ctx: Ctx, { planId }: Pick<DecidePlanInput, "planId">): Promise<PlanView> =>
  write(ctx, async (tx, uow) => {
    const before = await takePlan(tx, ctx, { planId }, (state) => isInTheMaking(state) || state === "cancelled");
    if (before.state === "cancelled") return showPlan(before);
    const plan = await updatePlan(tx, ctx.actor.agencyId, planId, {
      state: "cancelled",
      decidedAt: ctx.now,
      decidedBy: personOf(ctx),
    });
    uow.audit({ action: "plan.cancel", entity: "plan", entityId: plan.id, fields: ["state"] });
    announcePlan(uow, plan);
    return showPlan(plan);
  });
