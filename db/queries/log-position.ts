import { sql } from "drizzle-orm";
import type { Db } from "@/db/types";

/** How far the primary's log has come: a replica that has replayed up to here has seen every commit before this call. */
export async function primaryPosition(db: Db): Promise<string> {
  const [row] = await db.execute<{ lsn: string }>(sql`select pg_current_wal_lsn()::text as lsn`);
  if (!row) throw new Error("no log position");
  return row.lsn;
}

/** How far a replica has replayed; null for a server that is no replica. */
export async function replayedPosition(db: Db): Promise<string | null> {
  const [row] = await db.execute<{ lsn: string | null }>(
    sql`select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end as lsn`,
  );
  return row?.lsn ?? null;
}
