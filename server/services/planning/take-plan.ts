import "server-only";
import type { Tx } from "@/db/client";
import { lockPlan, type PlanRow } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import type { PlanState } from "@/server/domain/plans/vocabulary";
import { AppError, notFound, staleVersion } from "@/server/errors";
import { showPlan } from "./show-plan";

/**
 * Locks a plan for a decision.
 * @throws AppError not_found, conflict when the caller has seen an older one, rule_broken when it is in another state
 */
export async function takePlan(
  tx: Tx,
  ctx: Ctx,
  asked: { planId: string; version?: number | undefined },
  may: (state: PlanState) => boolean,
): Promise<PlanRow> {
  const plan = await lockPlan(tx, ctx.actor.agencyId, asked.planId);
  if (!plan) throw notFound("plan");
  if (asked.version !== undefined && asked.version !== plan.version) throw staleVersion(showPlan(plan));
  if (may(plan.state)) return plan;
  throw new AppError("rule_broken", `the plan is ${plan.state.replaceAll("_", " ")}`, [
    { path: "state", code: `plan_${plan.state}`, message: `the plan is ${plan.state.replaceAll("_", " ")}` },
  ]);
}
