import "server-only";
import { listDeadLetters, queueStates } from "@/db/queries/jobs";
import type { Ctx } from "@/server/context";
import { read } from "@/server/services/unit-of-work";
import { jobsSeenBy } from "./jobs-seen-by";

const SHOWN = 200;

/** What waits, runs and failed for good: of the caller's agency, and for an operator of the whole installation. */
export const listJobs = (ctx: Ctx) =>
  read(ctx, async (tx) => {
    const whose = jobsSeenBy(ctx.actor);
    return {
      wholeInstallation: whose === "all",
      queues: await queueStates(tx, whose),
      deadLetters: await listDeadLetters(tx, whose, SHOWN),
    };
  });
