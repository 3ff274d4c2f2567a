import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { allAgencyIds, tryJobLock } from "@/db/queries/jobs";
import type { Ctx } from "@/server/context";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";
import { agencyCtx, type Job, type JobCtx } from "./define-job";

/**
 * Runs a job unless it is running already, here or in another process.
 * @returns whether it ran
 */
export const runJob = (job: Job, ctx: JobCtx): Promise<boolean> =>
  ctx.db.transaction(async (tx) => {
    if (!(await tryJobLock(tx, job.name))) return false;
    const stop = metrics().jobSeconds.startTimer({ job: job.name });
    try {
      await job.run(ctx);
      stop({ result: "done" });
    } catch (error) {
      stop({ result: "failed" });
      throw error;
    }
    return true;
  });

/** A walk over the agencies that failed for some of them. */
export class AgenciesFailed extends AggregateError {
  override name = "AgenciesFailed";
  constructor(
    failures: unknown[],
    readonly agencyIds: readonly string[],
    message: string,
  ) {
    super(failures, message);
  }
}

/** So far apart are agencies at most, whose walk is spread. */
const MOST_APART_MS = 250;

/**
 * Does the same for every agency, or for the one that the job is about. One agency's failure does not keep the others
 * waiting; the job fails at the end.
 * @param spreadS - what is announced makes every console of an agency ask: so long may the walk take, that they do not all
 *   ask at once
 * @throws AgenciesFailed with every failure
 */
export async function forEachAgency(
  ctx: JobCtx,
  name: string,
  work: (ctx: Ctx) => Promise<unknown>,
  spreadS = 0,
): Promise<void> {
  const ids = ctx.agencyId ? [ctx.agencyId] : await ctx.db.transaction((tx) => allAgencyIds(tx));
  const failures: unknown[] = [];
  const failed: string[] = [];
  const apartMs = Math.min(MOST_APART_MS, (spreadS * 1_000) / Math.max(1, ids.length));
  for (const [at, agencyId] of ids.entries()) {
    if (at > 0 && apartMs > 0) await pause(apartMs);
    try {
      await work(agencyCtx(ctx, agencyId, name));
    } catch (error) {
      log().error({ job: name, ...describeError(error) }, "job failed for an agency");
      failures.push(error);
      failed.push(agencyId);
    }
  }
  if (failures.length > 0)
    throw new AgenciesFailed(failures, failed, `${name} failed for ${failures.length} of ${ids.length} agencies`);
}
