import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { QueueName } from "@/db/queues";

export type DeadLetter = { id: string; job: string; agencyId: string | null; failedAt: Date; error: string | null };
export type QueueState = { job: string; queue: string; state: string; count: number; oldestAgeS: number };
/** A job's agency stands in its data; one without serves the whole installation. The job tables know no agencies. */
export type WhoseJobs = "all" | { agencyId: string };

const belongsTo = (whose: WhoseJobs): SQL => (whose === "all" ? sql`true` : sql`data->>'agencyId' = ${whose.agencyId}`);

/** Jobs that failed for good, newest first. Their data holds ids only. */
export async function listDeadLetters(tx: Tx, whose: WhoseJobs, limit: number): Promise<DeadLetter[]> {
  const rows = await tx.execute<{
    id: string;
    job: string;
    agency_id: string | null;
    failed_at: string;
    error: string | null;
  }>(sql`
    select id, data->>'job' as job, data->>'agencyId' as agency_id, created_on as failed_at, coalesce(output->>'code', output->>'message') as error
    from pgboss.job where name = 'dead_letter' and state in ('created', 'retry') and ${belongsTo(whose)}
    order by created_on desc limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
    job: row.job,
    agencyId: row.agency_id,
    failedAt: new Date(row.failed_at),
    error: row.error,
  }));
}

/** Takes a dead letter away. @returns what it was, or null when it is gone already or somebody else's */
export async function takeDeadLetter(
  tx: Tx,
  whose: WhoseJobs,
  id: string,
): Promise<{ job: string; queue: string; agencyId: string | null } | null> {
  const rows = await tx.execute<{ job: string; queue: string; agencyId: string | null }>(sql`
    delete from pgboss.job where name = 'dead_letter' and id = ${id} and ${belongsTo(whose)}
    returning data->>'job' as job, data->>'queue' as queue, data->>'agencyId' as "agencyId"`);
  return rows[0] ?? null;
}

/** Puts a job into its queue, to be run as soon as a worker is free. */
export const sendJob = async (
  tx: Tx,
  queue: QueueName,
  { job, agencyId }: { job: string; agencyId: string | null },
): Promise<void> => {
  const data = JSON.stringify({ job, queue, ...(agencyId && { agencyId }) });
  await tx.execute(sql`
    insert into pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, dead_letter, policy)
    select ${queue}, ${data}::jsonb, retry_limit, retry_delay, retry_backoff, dead_letter, policy
    from pgboss.queue where name = ${queue}`);
};

/** How many jobs wait, run or failed, by job and state. */
export async function queueStates(tx: Tx, whose: WhoseJobs): Promise<QueueState[]> {
  const rows = await tx.execute<{ job: string; queue: string; state: string; count: string; age: string }>(sql`
    select coalesce(data->>'job', 'unknown') as job, name as queue, state::text, count(*) as count,
      extract(epoch from now() - min(created_on)) as age
    from pgboss.job where state <> 'completed' and ${belongsTo(whose)} group by 1, 2, 3 order by 1, 2, 3`);
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
