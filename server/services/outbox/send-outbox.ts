import "server-only";
import { expireUnsent, takeUnsent } from "@/db/queries/outbox";
import type { Ctx } from "@/server/context";
import { metrics } from "@/server/metrics";
import { publishOutbox } from "@/server/realtime/publish";
import { write } from "@/server/services/unit-of-work";

/** The process that wrote an event publishes it at once; after this long it has failed or died. */
const OVERDUE_MS = 2_000;
/** Nobody needs a hint this old: whoever was away reads everything again when it is back. */
const EXPIRED_MS = 3_600_000;
const BATCH = 100;

/**
 * Sends what a crash or an outage of the realtime server left behind, oldest first, and gives up what is too old.
 * @returns how many events were sent
 */
export async function sendOutbox(ctx: Ctx): Promise<number> {
  const { agencyId } = ctx.actor;
  const ago = (ms: number) => new Date(ctx.now.getTime() - ms);
  const { expired, rows } = await write(ctx, async (tx) => ({
    expired: await expireUnsent(tx, agencyId, ago(EXPIRED_MS), ctx.now),
    rows: await takeUnsent(tx, agencyId, ago(OVERDUE_MS), BATCH),
  }));
  if (expired > 0) metrics().outboxPublished.inc({ result: "expired" }, expired);
  return publishOutbox(ctx.db, agencyId, rows);
}
