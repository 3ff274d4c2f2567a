import "server-only";
import { takeUnsent } from "@/db/queries/outbox";
import type { Ctx } from "@/server/context";
import { publishOutbox } from "@/server/realtime/publish";
import { read } from "@/server/services/unit-of-work";

/** The process that wrote an event publishes it at once; after this long it has failed or died. */
const OVERDUE_MS = 2_000;
const BATCH = 100;

/**
 * Sends what a crash or an outage of the realtime server left behind, oldest first.
 * @returns how many events were sent
 */
export async function sendOutbox(ctx: Ctx): Promise<number> {
  const olderThan = new Date(ctx.now.getTime() - OVERDUE_MS);
  const rows = await read(ctx, (tx) => takeUnsent(tx, ctx.actor.agencyId, olderThan, BATCH));
  if (rows.length === 0) return 0;
  return (await publishOutbox(ctx.db, ctx.actor.agencyId, rows)) ? rows.length : 0;
}
