import "server-only";
import { type NewPlan, type PlanRow, updateRunningPlan } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import type { PlanFailure } from "@/server/domain/plans/vocabulary";
import { write } from "@/server/services/unit-of-work";
import { announcePlan } from "./show-plan";

/** How often the progress of a search is stored, in milliseconds. */
export const BEAT_MS = 1_000;

export type Progress = { progress: number; bestCost: number | null; unservedCount: number | null };

/** Stores how far a plan is. @returns false when it was cancelled, or another worker has it: the search is to end */
export const noteProgress = (ctx: Ctx, plan: PlanRow, progress: Progress): Promise<boolean> =>
  write(ctx, async (tx, uow) => {
    const row = await updateRunningPlan(tx, plan.agencyId, plan, { ...progress, beatAt: ctx.now });
    if (row) announcePlan(uow, row);
    return row !== undefined;
  });

/** Ends a plan that can't be made. */
export const failPlan = (ctx: Ctx, plan: PlanRow, failure: PlanFailure): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const set: Partial<NewPlan> = { state: "failed", failure, finishedAt: ctx.now };
    const row = await updateRunningPlan(tx, plan.agencyId, plan, set);
    if (!row) return;
    uow.audit({ action: "plan.fail", entity: "plan", entityId: plan.id, fields: ["state"] });
    announcePlan(uow, row);
  });
