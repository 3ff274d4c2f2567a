import "server-only";
import { insertPlanParts, type PlanRow, updateRunningPlan } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import { figuresOf } from "@/server/domain/plans/figures";
import { write } from "@/server/services/unit-of-work";
import { findingsIn } from "./plan-findings";
import { type Proposal, tripRows, unitRows } from "./proposal-rows";
import type { DayRows } from "./read-day";
import { announcePlan } from "./show-plan";

/** Stores what a search found, all of it or nothing. @returns false when the plan was cancelled or taken over meanwhile */
export const storeProposal = (ctx: Ctx, plan: PlanRow, rows: DayRows, proposal: Proposal): Promise<boolean> =>
  write(ctx, async (tx, uow) => {
    const { diff } = proposal;
    const trips = tripRows(plan, rows, proposal);
    const row = await updateRunningPlan(tx, plan.agencyId, plan, {
      state: "proposed",
      progress: 1,
      bestCost: diff.after.costPoints,
      unservedCount: trips.filter(({ change }) => change === "unserved" || change === "removed").length,
      tripCount: trips.length,
      unitCount: proposal.day.units.length,
      before: figuresOf(diff.before),
      after: figuresOf(diff.after),
      findings: findingsIn(rows, proposal),
      beatAt: ctx.now,
      finishedAt: ctx.now,
    });
    if (!row) return false;
    await insertPlanParts(tx, unitRows(plan, rows, proposal), trips);
    uow.audit({ action: "plan.propose", entity: "plan", entityId: plan.id, fields: ["state"] });
    announcePlan(uow, row);
    return true;
  });
