import { and, eq, isNotNull, lt, or } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import {
  idempotencyKeys,
  knownDevices,
  outbox,
  realtimeLeases,
  refreshTokens,
  sessions,
  signInFailures,
} from "@/db/schema";

export type Cutoffs = { sessions: Date; idempotencyKeys: Date; outbox: Date; leases: Date };

/** Removes what has no use any more from one agency; nothing of it has history. */
export async function deleteExpired(tx: Tx, agencyId: string, before: Cutoffs): Promise<number> {
  const done = await Promise.all([
    tx
      .delete(refreshTokens)
      .where(and(eq(refreshTokens.agencyId, agencyId), lt(refreshTokens.expiresAt, before.sessions)))
      .returning({ id: refreshTokens.id }),
    tx
      .delete(idempotencyKeys)
      .where(and(eq(idempotencyKeys.agencyId, agencyId), lt(idempotencyKeys.createdAt, before.idempotencyKeys)))
      .returning({ id: idempotencyKeys.key }),
    tx
      .delete(outbox)
      .where(
        and(
          eq(outbox.agencyId, agencyId),
          or(isNotNull(outbox.sentAt), isNotNull(outbox.failedAt)),
          lt(outbox.createdAt, before.outbox),
        ),
      )
      .returning({ id: outbox.id }),
    tx
      .delete(realtimeLeases)
      .where(and(eq(realtimeLeases.agencyId, agencyId), lt(realtimeLeases.expiresAt, before.leases)))
      .returning({ id: realtimeLeases.socketId }),
    tx
      .delete(sessions)
      .where(
        and(
          eq(sessions.agencyId, agencyId),
          or(lt(sessions.expiresAt, before.sessions), lt(sessions.revokedAt, before.sessions)),
        ),
      )
      .returning({ id: sessions.id }),
  ]);
  return done.reduce((sum, rows) => sum + rows.length, 0);
}

/** Removes sign-in failures and known devices that are too old to count. They belong to no agency. */
export async function deleteOldSignIns(db: Db, before: { failures: Date; devices: Date }): Promise<void> {
  await db.delete(signInFailures).where(lt(signInFailures.at, before.failures));
  await db.delete(knownDevices).where(lt(knownDevices.lastUsedAt, before.devices));
}
