import { orderOf } from "@/server/domain/trips/clocks";
import { CREW_STATUSES, type CrewStatus, type TripStatus } from "@/server/domain/trips/vocabulary";
import type { KeptDb, Noted } from "./kept-db";

/** What may follow this status, or the last one that was noted of the trip. */
export function notable(status: TripStatus, noted: readonly Noted[]): CrewStatus[] {
  const reached = Math.max(orderOf(status), ...noted.map((one) => orderOf(one.status)));
  return reached < 0 ? [] : CREW_STATUSES.filter((next) => orderOf(next) > reached);
}

/** What this person noted in this browser and has not entered yet, in the order of what happened. */
export const readNoted = async (db: KeptDb, userId: string): Promise<Noted[]> =>
  (await db.getAll("noted"))
    .filter((one) => one.userId === userId)
    .sort((a, b) => a.at.localeCompare(b.at) || orderOf(a.status) - orderOf(b.status));

/**
 * Enters what was noted, each with its own time, in the order of what happened. What is refused stays, with the reason.
 * @param send - resolves to why it was refused, or null when the server has it
 * @throws whatever `send` throws: the server is away again, and the rest waits
 */
export async function enterNoted(
  db: KeptDb,
  userId: string,
  send: (noted: Noted) => Promise<string | null>,
): Promise<void> {
  for (const one of await readNoted(db, userId)) {
    const refused = await send(one);
    if (refused === null) await db.delete("noted", one.clientEventId);
    else await db.put("noted", { ...one, refused });
  }
}
