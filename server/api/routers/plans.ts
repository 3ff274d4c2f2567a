import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { ApplyPlanInput, DecidePlanInput, RequestPlanInput } from "@/server/domain/plans/inputs";
import { QuoteInput } from "@/server/domain/plans/quote";
import { EditPlanningSettingsInput } from "@/server/domain/plans/settings";
import { applyPlan } from "@/server/services/planning/apply-plan";
import { cancelPlan } from "@/server/services/planning/cancel-plan";
import { editPlanningSettings } from "@/server/services/planning/edit-planning-settings";
import { getPlan } from "@/server/services/planning/get-plan";
import { getPlanningSettings } from "@/server/services/planning/get-planning-settings";
import { ListPlansInput, listPlans } from "@/server/services/planning/list-plans";
import { quoteWorkIn } from "@/server/services/planning/quote-work-in";
import { rejectPlan } from "@/server/services/planning/reject-plan";
import { requestPlan } from "@/server/services/planning/request-plan";

const ById = z.strictObject({ planId: z.uuid() });

/** Plans of a day: asked for, looked at, decided. */
export const plansRouter = router({
  list: allowed("plans.read")
    .input(ListPlansInput)
    .query(({ ctx, input }) => listPlans(ctx, input)),
  get: allowed("plans.read")
    .input(ById)
    .query(({ ctx, input }) => getPlan(ctx, input)),
  request: allowed("plans.make")
    .input(RequestPlanInput)
    .mutation(({ ctx, input }) => requestPlan(ctx, input)),
  cancel: allowed("plans.make")
    .input(ById)
    .mutation(({ ctx, input }) => cancelPlan(ctx, input)),
  accept: allowed("plans.apply")
    .input(ApplyPlanInput)
    .mutation(({ ctx, input }) => applyPlan(ctx, input)),
  reject: allowed("plans.apply")
    .input(DecidePlanInput)
    .mutation(({ ctx, input }) => rejectPlan(ctx, input)),
  quote: allowed("trips.book")
    .input(QuoteInput)
    .query(({ ctx, input }) => quoteWorkIn(ctx, input)),
  settings: allowed("plans.read").query(({ ctx }) => getPlanningSettings(ctx)),
  editSettings: allowed("planning.settings")
    .input(EditPlanningSettingsInput)
    .mutation(({ ctx, input }) => editPlanningSettings(ctx, input)),
});
