import "server-only";
import PgBoss from "pg-boss";
import type { Db } from "@/db/client";
import { QUEUES } from "@/db/queues";
import { describeError, log } from "@/server/log";
import type { Job } from "./define-job";
import { AgenciesFailed, runJob } from "./run-job";

const POLL_S = { high: 0.5, normal: 2, low: 5, planning: 0.5 } as const;
const STOP_WITHIN_MS = 10_000;

type JobData = { job: string; agencyId?: string };
type Send = (job: Job, agencyId: string) => Promise<unknown>;
export type Worker = { stop: () => Promise<void> };

/** What a failed job leaves in its row: a code, never a message that may hold data. */
const failure = (error: unknown) => new Error(describeError(error).cause ?? describeError(error).error);

/**
 * Sends each job into the queue of its priority when its slot comes, and works all queues. Any number of workers may do
 * this: a slot is sent once, a job runs once at a time.
 * @param url - a connection that bypasses a transaction pooler
 */
export async function startWorker(url: string, db: Db, jobs: readonly Job[]): Promise<Worker> {
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    migrate: false,
    schedule: false,
    maintenanceIntervalSeconds: 60,
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterDays: 7,
  });
  boss.on("error", (error) => log().warn(describeError(error), "job queue"));
  await boss.start();
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const sendForAgency: Send = (job, agencyId) => {
    const options = { singletonKey: `${job.name} ${agencyId}`, singletonSeconds: job.everyS };
    return boss.send(job.priority, { job: job.name, queue: job.priority, agencyId }, options);
  };
  for (const queue of QUEUES) {
    await boss.work<JobData>(queue, { pollingIntervalSeconds: POLL_S[queue], batchSize: 1 }, async (batch) => {
      for (const { data } of batch) await runNamed(byName, data, db, sendForAgency);
    });
  }
  const stopSchedule = schedule(boss, jobs);
  return {
    stop: async () => {
      stopSchedule();
      await boss.stop({ graceful: true, wait: true, timeout: STOP_WITHIN_MS });
    },
  };
}

/**
 * Runs a job of a queue. Where a walk over the agencies failed for some, it goes on as a job of each of those: it is tried
 * again there alone, and when it gives up its agency's admin sees it, and nobody else's.
 */
async function runNamed(jobs: Map<string, Job>, { job: name, agencyId }: JobData, db: Db, send: Send): Promise<void> {
  const job = jobs.get(name);
  // A job of another version of the program: its own workers take it.
  if (!job) throw new Error("unknown_job");
  try {
    await runJob(job, { db, now: new Date(), agencyId });
  } catch (error) {
    if (error instanceof AgenciesFailed && !agencyId) {
      for (const id of error.agencyIds) await send(job, id);
      return;
    }
    log().error({ job: name, ...describeError(error) }, "job failed");
    throw failure(error instanceof AgenciesFailed ? error.errors[0] : error);
  }
}

function schedule(boss: PgBoss, jobs: readonly Job[]): () => void {
  const send = (job: Job) => {
    const options = { singletonKey: job.name, singletonSeconds: job.everyS };
    boss
      .send(job.priority, { job: job.name, queue: job.priority }, options)
      .catch((error: unknown) => log().warn({ job: job.name, ...describeError(error) }, "could not send a job"));
  };
  const timers = jobs.map((job) => {
    send(job);
    return setInterval(() => send(job), Math.min(job.everyS * 1_000, 3_600_000));
  });
  return () => timers.forEach((timer) => clearInterval(timer));
}
