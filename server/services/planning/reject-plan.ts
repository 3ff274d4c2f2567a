import "server-only";
import { decideParts, updatePlan } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import type { DecidePlanInput } from "@/server/domain/plans/inputs";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { isUndecided } from "@/server/domain/plans/vocabulary";
import { personOf } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { announcePlan, showPlan } from "./show-plan";
import { takePlan } from "./take-plan";

/** Declines what is still open of a proposal. What was accepted before stays. */
export const rejectPlan = (ctx: Ctx, input: DecidePlanInput): Promise<PlanView> =>
  write(ctx, async (tx, uow) => {
    const before = await takePlan(tx, ctx, input, (state) => isUndecided(state) || state === "rejected");
    if (before.state === "rejected") return showPlan(before);
    const decided = { at: ctx.now, by: personOf(ctx) };
    await decideParts(tx, before, { shiftIds: null, tripIds: null }, { decision: "rejected", ...decided });
    const plan = await updatePlan(tx, before.agencyId, before.id, {
      state: before.state === "partly_applied" ? "applied" : "rejected",
      decidedAt: decided.at,
      decidedBy: decided.by,
    });
    uow.audit({ action: "plan.reject", entity: "plan", entityId: plan.id, fields: ["state"] });
    announcePlan(uow, plan);
    return showPlan(plan);
  });
