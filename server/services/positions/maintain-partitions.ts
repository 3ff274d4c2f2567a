import "server-only";
import type { IngestSql } from "@/db/ingest-client";
import { ensurePartitions, forgetQuarantined } from "@/db/queries/partitions";

const QUARANTINE_KEPT_MS = 30 * 86_400_000;

/**
 * Makes the day partitions of the history, eight behind and seven ahead, and forgets fixes set aside a month ago. Safe
 * to call twice; the web processes make the partitions at start, too.
 */
export async function maintainPartitions(sql: IngestSql, now: Date): Promise<void> {
  await ensurePartitions(sql, now);
  await forgetQuarantined(sql, new Date(now.getTime() - QUARANTINE_KEPT_MS));
}
