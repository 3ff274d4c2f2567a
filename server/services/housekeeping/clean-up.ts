import "server-only";
import type { Db } from "@/db/client";
import { deleteExpired, deleteOldSignIns } from "@/db/queries/housekeeping";
import { forgetFullBuckets } from "@/db/queries/rate-buckets";
import type { Ctx } from "@/server/context";
import { write } from "@/server/services/unit-of-work";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (now: Date, ms: number) => new Date(now.getTime() - ms);

/** Removes ended sessions (a week after), idempotency keys (24 h), events sent or given up (a day) and expired leases. */
export const cleanUpAgency = (ctx: Ctx): Promise<number> =>
  write(ctx, (tx) =>
    deleteExpired(tx, ctx.actor.agencyId, {
      sessions: ago(ctx.now, 7 * DAY_MS),
      idempotencyKeys: ago(ctx.now, DAY_MS),
      outbox: ago(ctx.now, DAY_MS),
      leases: ctx.now,
    }),
  );

/** Removes sign-in failures of yesterday, devices not seen for 180 days, and what callers have not used for minutes. */
export async function cleanUpSignIns(db: Db, now: Date): Promise<void> {
  await deleteOldSignIns(db, { failures: ago(now, DAY_MS), devices: ago(now, 180 * DAY_MS) });
  await forgetFullBuckets(db, now);
}
