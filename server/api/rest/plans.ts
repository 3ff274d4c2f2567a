import "server-only";
import { z } from "zod";
import { ApplyPlanBody, DecidePlanBody, RequestPlanInput } from "@/server/domain/plans/inputs";
import { PlanApplied, PlanDetail, PlanView } from "@/server/domain/plans/plan-view";
import { QuoteInput, QuoteView } from "@/server/domain/plans/quote";
import { EditPlanningSettingsInput, PlanningSettingsView } from "@/server/domain/plans/settings";
import { applyPlan } from "@/server/services/planning/apply-plan";
import { cancelPlan } from "@/server/services/planning/cancel-plan";
import { editPlanningSettings } from "@/server/services/planning/edit-planning-settings";
import { getPlan } from "@/server/services/planning/get-plan";
import { getPlanningSettings } from "@/server/services/planning/get-planning-settings";
import { ListPlansInput, listPlans } from "@/server/services/planning/list-plans";
import { quoteWorkIn } from "@/server/services/planning/quote-work-in";
import { rejectPlan } from "@/server/services/planning/reject-plan";
import { requestPlan } from "@/server/services/planning/request-plan";
import { defineRoute, type Route } from "./kit/route";

const ById = z.object({ id: z.uuid() });
const Empty = z.strictObject({});

const plans: Route[] = [
  defineRoute({
    method: "POST",
    path: "/plans",
    permission: "plans.make",
    summary: "Ask for a plan of a day, of a period, or of the rest of today (six hours at least); a worker makes it",
    status: 201,
    body: RequestPlanInput,
    response: PlanView,
    run: (ctx, { body }) => requestPlan(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/plans",
    permission: "plans.read",
    summary: "Plans, newest first",
    query: ListPlansInput,
    response: z.object({ items: z.array(PlanView), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listPlans(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/plans/{id}",
    permission: "plans.read",
    summary: "One plan: what it does to each unit and trip, what is left out and why",
    params: ById,
    response: PlanDetail,
    run: (ctx, { params }) => getPlan(ctx, { planId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/plans/{id}/apply",
    permission: "plans.apply",
    summary: "Accept a proposal, or the units and trips of it that are named",
    params: ById,
    body: ApplyPlanBody,
    response: PlanApplied,
    run: (ctx, { params, body }) => applyPlan(ctx, { ...body, planId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/plans/{id}/reject",
    permission: "plans.apply",
    summary: "Decline what is still open of a proposal",
    params: ById,
    body: DecidePlanBody,
    response: PlanView,
    run: (ctx, { params, body }) => rejectPlan(ctx, { ...body, planId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/plans/{id}/cancel",
    permission: "plans.make",
    summary: "Stop a plan that is being made",
    params: ById,
    body: Empty,
    response: PlanView,
    run: (ctx, { params }) => cancelPlan(ctx, { planId: params.id }),
  }),
];

const around: Route[] = [
  defineRoute({
    method: "POST",
    path: "/planning/quote",
    permission: "trips.book",
    summary: "Can this trip be taken: on which units, at what detour and cost, and what stands in the way",
    body: QuoteInput,
    response: QuoteView,
    run: (ctx, { body }) => quoteWorkIn(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/planning/settings",
    permission: "plans.read",
    summary: "How the agency's days are planned",
    response: PlanningSettingsView,
    run: (ctx) => getPlanningSettings(ctx),
  }),
  defineRoute({
    method: "PUT",
    path: "/planning/settings",
    permission: "planning.settings",
    summary: "Change how the agency's days are planned",
    body: EditPlanningSettingsInput,
    response: PlanningSettingsView,
    run: (ctx, { body }) => editPlanningSettings(ctx, body),
  }),
];

export const planRoutes: Route[] = [...plans, ...around];
