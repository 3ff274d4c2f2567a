import "server-only";
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

/**
 * Does the same for every agency, or for the one that the job is about. One agency's failure does not keep the others
 * waiting; the job fails at the end.
 * @throws AgenciesFailed with every failure
 */
export async function forEachAgency(ctx: JobCtx, name: string, work: (ctx: Ctx) => Promise<unknown>): Promise<void> {
  const ids = ctx.agencyId ? [ctx.agencyId] : await ctx.db.transaction((tx) => allAgencyIds(tx));
  const failures: unknown[] = [];
  const failed: string[] = [];
  for (const agencyId of ids) {
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
