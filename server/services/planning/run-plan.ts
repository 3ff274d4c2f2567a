import "server-only";
import type { PlanRow } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import { diffPlans } from "@/server/domain/planning/diff-plan";
import { assume, isOvertaken } from "@/server/domain/plans/what-if";
import { describeError, log } from "@/server/log";
import { buildDay } from "./build-day";
import { type ClaimedPlan, claimPlan } from "./claim-plan";
import { BEAT_MS, failPlan, noteProgress } from "./plan-progress";
import { type Better, solveDay } from "./solve-day";
import { storeProposal } from "./store-proposal";

/** What a run needs beside its context: a search takes long, so the time of the context is soon over. */
export type RunPlan = { clock: () => Date };

/**
 * Makes the oldest plan that waits: reads its day, searches, stores the proposal. Ends early when the plan is cancelled.
 * @returns false when no plan waits
 */
export async function runPlan(ctx: Ctx, { clock }: RunPlan): Promise<boolean> {
  const now = () => ({ ...ctx, now: clock() });
  const claimed = await claimPlan(now());
  if (!claimed) return false;
  if (claimed.plan.state !== "running") return true;
  try {
    await makePlan(now, claimed);
  } catch (error) {
    log().error({ planId: claimed.plan.id, ...describeError(error) }, "a plan failed");
    await failPlan(now(), claimed.plan, "search_failed");
  }
  return true;
}

async function makePlan(now: () => Ctx, { plan, rows, timeZone }: ClaimedPlan): Promise<void> {
  const startedAt = plan.startedAt ?? now().now;
  const { settings } = plan;
  const period = { from: plan.startsAt, to: plan.endsAt };
  const read = await buildDay(rows, { originAt: startedAt, now: startedAt, period, settings, timeZone });
  if (isOvertaken(read, plan.whatIf)) return failPlan(now(), plan, "unit_started");
  const day = assume(read, plan.whatIf);
  if (day.trips.length === 0) return failPlan(now(), plan, "nothing_to_plan");
  if (day.units.length === 0) return failPlan(now(), plan, "no_units");
  const seconds = settings.searchSeconds;
  const watch = watchPlan(now, plan);
  try {
    const solve = { seed: plan.seed, stop: watch.stop, onBetter: watch.note };
    // A question is answered by its effect: the same day is planned without it first, half of the time each.
    const plain = plan.whatIf && (await solveDay(read, { ...solve, seconds: seconds / 2 }));
    const { plan: found, diff } = await solveDay(day, { ...solve, seconds: plain ? seconds / 2 : seconds });
    const proposal = plain
      ? { day, plan: found, diff: diffPlans(plain.plan, found), without: plain.plan }
      : { day, plan: found, diff, without: null };
    if (!watch.stop.aborted) await storeProposal(now(), plan, rows, proposal);
  } finally {
    await watch.end();
  }
}

/** Stores the progress once a second, and ends the search when the plan is no longer this worker's. */
function watchPlan(now: () => Ctx, plan: PlanRow) {
  const begunAt = now().now.getTime();
  const stop = new AbortController();
  let best: Better = { bestCost: null, unservedCount: null };
  let beat: Promise<void> = Promise.resolve();
  const write = async () => {
    const ctx = now();
    const share = (ctx.now.getTime() - begunAt) / (plan.settings.searchSeconds * 1000);
    try {
      if (!(await noteProgress(ctx, plan, { ...best, progress: Math.min(0.99, Math.max(0, share)) }))) stop.abort();
    } catch (error) {
      // The database may be back at the next beat; a plan that misses too many is taken up by another worker.
      log().warn({ planId: plan.id, ...describeError(error) }, "could not store the progress of a plan");
    }
  };
  const timer = setInterval(() => {
    beat = beat.then(write);
  }, BEAT_MS);
  return {
    stop: stop.signal,
    note: (better: Better) => {
      best = better;
    },
    end: async () => {
      clearInterval(timer);
      await beat;
    },
  };
}
