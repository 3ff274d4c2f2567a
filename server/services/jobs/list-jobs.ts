import "server-only";
import { listDeadLetters, queueStates } from "@/db/queries/jobs";
import type { Ctx } from "@/server/context";
import { read } from "@/server/services/unit-of-work";

const SHOWN = 200;

/** What waits, runs and failed for good. Jobs serve the whole installation; their rows hold names and codes only. */
export const listJobs = (ctx: Ctx) =>
  read(ctx, async (tx) => ({ queues: await queueStates(tx), deadLetters: await listDeadLetters(tx, SHOWN) }));
