import "server-only";
import type { Db } from "@/db/client";
import type { QueueName } from "@/db/queues";
import type { Ctx } from "@/server/context";

export type JobCtx = {
  db: Db;
  now: Date;
  /** Set when the job is to be done again for this agency alone, after it failed there. */
  agencyId?: string | undefined;
};

/** A job: it may run twice or late, so what it calls must not mind. */
export type Job = {
  name: string;
  priority: QueueName;
  /** Seconds from one run to the next, counted from the epoch so that all workers agree on the slot. */
  everyS: number;
  run: (ctx: JobCtx) => Promise<void>;
};

export const defineJob = (job: Job): Job => job;

/** What a service gets when a job acts for one agency. */
export const agencyCtx = ({ db, now }: JobCtx, agencyId: string, name: string): Ctx => ({
  db,
  now,
  actor: { kind: "system", agencyId, name },
  requestId: `job:${name}`,
});
