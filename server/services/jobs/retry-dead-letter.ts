import "server-only";
import { z } from "zod";
import { sendJob, takeDeadLetter } from "@/db/queries/jobs";
import { QUEUES } from "@/db/queues";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { jobsSeenBy } from "./jobs-seen-by";

export const RetryDeadLetterInput = z.strictObject({ id: z.uuid() });

/**
 * Puts a job that failed for good back into its queue, in one transaction: it is never in both or in neither.
 * @throws AppError not_found, also for a job of another agency or of none
 */
export const retryDeadLetter = (ctx: Ctx, { id }: z.output<typeof RetryDeadLetterInput>): Promise<{ job: string }> =>
  write(ctx, async (tx, uow) => {
    const dead = await takeDeadLetter(tx, jobsSeenBy(ctx.actor), id);
    if (!dead) throw notFound("dead letter");
    const queue = QUEUES.find((name) => name === dead.queue) ?? "normal";
    await sendJob(tx, queue, { job: dead.job, agencyId: dead.agencyId });
    uow.audit({ action: "job.retry", entity: "job", entityId: id, fields: [dead.job] });
    return { job: dead.job };
  });
