import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { QueueName } from "@/db/queues";

export type DeadLetter = { id: string; job: string; failedAt: Date; error: string | null };
export type QueueState = { job: string; queue: string; state: string; count: number; oldestAgeS: number };

/** Jobs that failed for good, newest first. Their data holds ids only. */
export async function listDeadLetters(tx: Tx, limit: number): Promise<DeadLetter[]> {
  const rows = await tx.execute<{ id: string; job: string; failed_at: string; error: string | null }>(sql`
    select id, data->>'job' as job, created_on as failed_at, output->>'code' as error
    from pgboss.job where name = 'dead_letter' and state in ('created', 'retry') order by created_on desc limit ${limit}`);
  return rows.map(({ id, job, failed_at, error }) => ({ id, job, failedAt: new Date(failed_at), error }));
}

/** Takes a dead letter away. @returns its job's name and queue, or null when it is gone already */
export async function takeDeadLetter(tx: Tx, id: string): Promise<{ job: string; queue: string } | null> {
  const rows = await tx.execute<{ job: string; queue: string }>(sql`
    delete from pgboss.job where name = 'dead_letter' and id = ${id}
    returning data->>'job' as job, data->>'queue' as queue`);
  return rows[0] ?? null;
}

/** Puts a job into its queue, to be run as soon as a worker is free. */
export const sendJob = async (tx: Tx, queue: QueueName, job: string): Promise<void> => {
  await tx.execute(sql`
    insert into pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, dead_letter, policy)
    select ${queue}, ${JSON.stringify({ job, queue })}::jsonb, retry_limit, retry_delay, retry_backoff, dead_letter, policy
    from pgboss.queue where name = ${queue}`);
};

/** How many jobs wait, run or failed, by job and state. */
export async function queueStates(tx: Tx): Promise<QueueState[]> {
  const rows = await tx.execute<{ job: string; queue: string; state: string; count: string; age: string }>(sql`
    select coalesce(data->>'job', 'unknown') as job, name as queue, state::text, count(*) as count,
      extract(epoch from now() - min(created_on)) as age
    from pgboss.job where state <> 'completed' group by 1, 2, 3 order by 1, 2, 3`);
  return rows.map((row) => ({
    job: row.job,
    queue: row.queue,
    state: row.state,
    count: Number(row.count),
    oldestAgeS: Number(row.age),
  }));
}

/** Holds a job's lock until the transaction ends. @returns false when somebody else runs it */
export async function tryJobLock(tx: Tx, name: string): Promise<boolean> {
  const rows = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`job:${name}`}, 0)) as locked`,
  );
  return rows[0]?.locked ?? false;
}

/** Ids of all agencies, for jobs that walk them. */
export async function allAgencyIds(tx: Tx): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`select all_agency_ids() as id`);
  return rows.map(({ id }) => id);
}
