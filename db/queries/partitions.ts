import type { IngestSql } from "@/db/ingest-client";

/** Days of history that stay in the database; fixes up to seven days old are accepted. */
export const HOT_DAYS = 9;
const DAYS_BEHIND = 8;
const DAYS_AHEAD = 7;
const DAY_MS = 86_400_000;

/** A calendar day in UTC, `yyyy-MM-dd`. */
export type Day = string;
export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);
export const dayStart = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);
export const addDays = (day: Day, count: number): Day => dayOf(new Date(dayStart(day).getTime() + count * DAY_MS));

/** The oldest day that is kept in the database at `now`. */
export const oldestHotDay = (now: Date): Day => addDays(dayOf(now), -HOT_DAYS);

/** Makes the missing day partitions, eight behind and seven ahead of `now`. @returns how many were made */
export async function ensurePartitions(sql: IngestSql, now: Date): Promise<number> {
  const today = dayOf(now);
  const [row] = await sql<{ made: number }[]>`
    select ensure_position_partitions(${addDays(today, -DAYS_BEHIND)}::text::date, ${addDays(today, DAYS_AHEAD)}::text::date) as made`;
  return row?.made ?? 0;
}

/** The days that have a partition, oldest first. */
export async function partitionDays(sql: IngestSql): Promise<Day[]> {
  const rows = await sql<{ day: Day }[]>`select position_partition_days()::text as day`;
  return rows.map((row) => row.day);
}

/** Detaches and drops an archived day. @returns false, nothing changed, when it holds another number of rows */
export async function dropPartition(sql: IngestSql, day: Day, archivedRows: number): Promise<boolean> {
  const [row] = await sql<{ dropped: boolean }[]>`
    select drop_position_partition(${day}::text::date, ${archivedRows}) as dropped`;
  return row?.dropped ?? false;
}

/** Forgets fixes set aside before a moment. @returns how many */
export async function forgetQuarantined(sql: IngestSql, before: Date): Promise<number> {
  const [row] = await sql<{ count: string }[]>`select forget_quarantined(${before}) as count`;
  return Number(row?.count ?? 0);
}

const ARCHIVE_LOCK = 7_262_737;

/** Runs alone among all processes. @returns null when another one holds the lock */
export const underArchiveLock = <T>(sql: IngestSql, work: () => Promise<T>): Promise<T | null> =>
  sql.begin(async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    const [row] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${ARCHIVE_LOCK}) as taken`;
    return row?.taken ? work() : null;
  }) as Promise<T | null>;
