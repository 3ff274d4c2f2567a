import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * Takes up to `wanted` requests out of a caller's bucket, for this process to hand out.
 * @returns how many there were, 0 to `wanted`
 */
export async function takeTokens(
  db: Db,
  key: string,
  { wanted, perMinute, now }: { wanted: number; perMinute: number; now: Date },
): Promise<number> {
  const [row] = await db.execute<{ given: number }>(
    sql`select take_tokens(${key}, ${wanted}, ${perMinute}, ${now.toISOString()}::timestamptz) as given`,
  );
  return row?.given ?? 0;
}

/** Removes buckets that are full again. */
export async function forgetFullBuckets(db: Db, now: Date): Promise<void> {
  await db.execute(sql`select forget_full_buckets(${now.toISOString()}::timestamptz)`);
}
