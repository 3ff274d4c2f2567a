import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Does the database answer? @throws when it does not */
export const pingDatabase = async (db: Db): Promise<void> => {
  await db.execute(sql`select 1`);
};

/** Does a partition for this moment exist, so that a fix taken now can be stored? */
export const hasPartitionFor = async (db: Db, at: Date): Promise<boolean> => {
  const name = `position_history_${at.toISOString().slice(0, 10).replaceAll("-", "")}`;
  const rows = await db.execute<{ found: boolean }>(sql`select to_regclass(${name}) is not null as found`);
  return rows[0]?.found ?? false;
};
