import type { DriveDb, QueuedFix } from "./drive-db";

/** A request's worth; the ingest takes up to 2,000. */
const BATCH = 200;
/** About a day at one fix in five seconds: past it the oldest are dropped, as the server would refuse them after 7 days. */
export const MAX_FIXES = 20_000;

/** What became of a batch. A token that is refused is worth asking for a new one. */
export type SendFixes = (fixes: QueuedFix[]) => Promise<"sent" | "unreachable" | "bad_token">;

export async function keepFix(db: DriveDb, fix: QueuedFix): Promise<void> {
  await db.add("fixes", fix);
  const over = (await db.count("fixes")) - MAX_FIXES;
  if (over > 0) await dropOldest(db, over);
}

async function dropOldest(db: DriveDb, count: number): Promise<void> {
  const write = db.transaction("fixes", "readwrite");
  const keys = await write.store.getAllKeys(null, count);
  await Promise.all(keys.map((key) => write.store.delete(key)));
  await write.done;
}

/** How many fixes wait to be sent. */
export const countFixes = (db: DriveDb): Promise<number> => db.count("fixes");

/**
 * Sends a person's waiting fixes, oldest first, and removes what the server has stored.
 * @returns what the last answer was; "sent" also when nothing waited
 */
export async function sendFixes(db: DriveDb, userId: string, send: SendFixes): ReturnType<SendFixes> {
  for (;;) {
    const batch = await db.getAllFromIndex("fixes", "user", userId, BATCH);
    if (batch.length === 0) return "sent";
    const result = await send(batch);
    if (result !== "sent") return result;
    const write = db.transaction("fixes", "readwrite");
    for (const { id } of batch) if (id !== undefined) await write.store.delete(id);
    await write.done;
  }
}
