import type { DriveDb, Press } from "./drive-db";

/** What became of a press: the server has it, says no, or can't be reached now. */
export type SendResult = { kind: "sent" } | { kind: "refused"; reason: string } | { kind: "unreachable" };
export type SendPress = (press: Press) => Promise<SendResult>;

/** Keeps a press on the phone before anything is sent. */
export async function keepPress(db: DriveDb, press: Omit<Press, "order" | "refused">): Promise<void> {
  const write = db.transaction("presses", "readwrite");
  const newest = await write.store.index("order").openCursor(null, "prev");
  await write.store.put({ ...press, order: (newest?.value.order ?? 0) + 1, refused: null });
  await write.done;
}

/** A person's presses that the server does not have yet, in the order they were pressed. */
export const listPresses = async (db: DriveDb, userId: string): Promise<Press[]> =>
  (await db.getAllFromIndex("presses", "order")).filter((press) => press.userId === userId);

export const dismissPress = (db: DriveDb, clientEventId: string): Promise<void> => db.delete("presses", clientEventId);

/**
 * Sends waiting presses one by one in order. One that is refused stays with its reason and lets the next ones pass; when
 * the server can't be reached the rest waits.
 * @returns whether the server was reached to the end
 */
export async function sendPresses(db: DriveDb, userId: string, send: SendPress): Promise<boolean> {
  const waiting = (await listPresses(db, userId)).filter((press) => press.refused === null);
  for (const press of waiting) {
    const result = await send(press);
    if (result.kind === "unreachable") return false;
    if (result.kind === "refused") await db.put("presses", { ...press, refused: result.reason });
    else await db.delete("presses", press.clientEventId);
  }
  return true;
}
