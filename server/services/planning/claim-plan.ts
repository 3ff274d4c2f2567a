import "server-only";
import { agencyById } from "@/db/queries/agencies";
import { appliedPlansOf, nextPlan, type PlanRow, updatePlan } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import { write } from "@/server/services/unit-of-work";
import { type DayRows, readDay } from "./read-day";
import { announcePlan } from "./show-plan";

/** A worker that has not been heard of for this long is gone, in milliseconds. */
export const LOST_AFTER_MS = 30_000;
/** A plan whose workers die is not tried for ever. */
const MAX_ATTEMPTS = 3;

export type ClaimedPlan = { plan: PlanRow; rows: DayRows; timeZone: string };

/** Takes up the oldest plan that waits or whose worker was lost, and reads its day. @returns null when there is none */
export const claimPlan = (ctx: Ctx): Promise<ClaimedPlan | null> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const waiting = await nextPlan(tx, agencyId, new Date(ctx.now.getTime() - LOST_AFTER_MS));
    if (!waiting) return null;
    if (waiting.attempt >= MAX_ATTEMPTS) {
      const failed = await updatePlan(tx, agencyId, waiting.id, {
        state: "failed",
        failure: "worker_lost",
        finishedAt: ctx.now,
      });
      uow.audit({ action: "plan.fail", entity: "plan", entityId: failed.id, fields: ["state"] });
      announcePlan(uow, failed);
      return { plan: failed, rows: { units: [], trips: [], stopsOf: new Map(), pairs: [] }, timeZone: "UTC" };
    }
    const { timeZone } = await agencyById(tx, agencyId);
    const rows = await readDay(tx, agencyId, { from: waiting.startsAt, to: waiting.endsAt }, ctx.now);
    const plan = await updatePlan(tx, agencyId, waiting.id, {
      state: "running",
      attempt: waiting.attempt + 1,
      generation: await appliedPlansOf(tx, agencyId, waiting.serviceDate),
      progress: 0,
      tripCount: rows.trips.length,
      unitCount: rows.units.length,
      startedAt: ctx.now,
      beatAt: ctx.now,
    });
    announcePlan(uow, plan);
    return { plan, rows, timeZone };
  });
