import "server-only";
import type { IngestSql } from "@/db/ingest-client";
import { dropPartition, oldestHotDay, partitionDays, underArchiveLock } from "@/db/queries/partitions";
import type { ArchiveStore } from "@/server/integrations/archive/archive-store";
import { describeError, log } from "@/server/log";
import { archiveDay } from "./archive-day";

export type Archived = { day: string; rows: number };

/**
 * Moves the days that are no longer hot into the archive: written, read back, recounted under a lock, and only then
 * detached and dropped. A day that cannot be kept, or got rows meanwhile, stays in the database and is tried again.
 * @param ports.sql - a direct connection: the lock lasts for all of the work
 * @returns what was moved; `null` when another process is at it
 * @throws Error after the last day when one of them stayed
 */
export async function archiveHistory(
  ports: { sql: IngestSql; store: ArchiveStore },
  now: Date,
): Promise<Archived[] | null> {
  return underArchiveLock(ports.sql, async () => {
    const days = (await partitionDays(ports.sql)).filter((day) => day < oldestHotDay(now));
    const archived: Archived[] = [];
    const stayed: string[] = [];
    for (const day of days) {
      try {
        const rows = await archiveDay(ports, day);
        if (await dropPartition(ports.sql, day, rows)) archived.push({ day, rows });
        else stayed.push(day);
      } catch (error) {
        log().error({ day, ...describeError(error) }, "a day of history could not be archived");
        stayed.push(day);
      }
    }
    if (stayed.length > 0) throw new Error(`still in the database: ${stayed.join(", ")}`);
    return archived;
  });
}
