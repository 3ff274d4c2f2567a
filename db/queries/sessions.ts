import { and, desc, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, realtimeLeases, refreshTokens, sessions, users } from "@/db/schema";

export type SessionRecord = typeof sessions.$inferSelect;
export type RefreshTokenRecord = typeof refreshTokens.$inferSelect;

export const insertSession = async (tx: Tx, row: typeof sessions.$inferInsert): Promise<void> => {
  await tx.insert(sessions).values(row);
};

const sessionOf = (tx: Tx, agencyId: string, id: string) =>
  tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.agencyId, agencyId), eq(sessions.id, id)));

export const sessionById = async (tx: Tx, agencyId: string, id: string): Promise<SessionRecord | undefined> =>
  (await sessionOf(tx, agencyId, id))[0];

export const lockSession = async (tx: Tx, agencyId: string, id: string): Promise<SessionRecord | undefined> =>
  (await sessionOf(tx, agencyId, id).for("update"))[0];

export const updateSession = async (
  tx: Tx,
  agencyId: string,
  id: string,
  set: Partial<typeof sessions.$inferInsert>,
): Promise<void> => {
  await tx
    .update(sessions)
    .set(set)
    .where(and(eq(sessions.agencyId, agencyId), eq(sessions.id, id)));
};

type Which = { id?: string; userId?: string; butId?: string | undefined };

/** Ends sessions that run: one, or a person's but one. @returns the ids of those that ended now */
export const revokeSessions = async (
  tx: Tx,
  agencyId: string,
  { id, userId, butId }: Which,
  { at, reason }: { at: Date; reason: string },
): Promise<string[]> =>
  (
    await tx
      .update(sessions)
      .set({ revokedAt: at, revokedReason: reason })
      .where(
        and(
          eq(sessions.agencyId, agencyId),
          isNull(sessions.revokedAt),
          id === undefined ? undefined : eq(sessions.id, id),
          userId === undefined ? undefined : eq(sessions.userId, userId),
          butId === undefined ? undefined : ne(sessions.id, butId),
        ),
      )
      .returning({ id: sessions.id })
  ).map((row) => row.id);

/** Sessions that were not revoked and have not expired, the last used first. */
export const listLiveSessions = (
  tx: Tx,
  agencyId: string,
  { userId, now, limit }: { userId?: string | undefined; now: Date; limit: number },
) =>
  tx
    .select({
      id: sessions.id,
      userId: sessions.userId,
      userName: users.name,
      email: accounts.email,
      kind: sessions.kind,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      lockedAt: sessions.lockedAt,
      mfaAt: sessions.mfaAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.agencyId, sessions.agencyId), eq(users.id, sessions.userId)))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(
      and(
        eq(sessions.agencyId, agencyId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleTimeoutS}) > ${now.toISOString()}::timestamptz`,
        userId === undefined ? undefined : eq(sessions.userId, userId),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(limit);

export const insertRefreshToken = async (tx: Tx, row: typeof refreshTokens.$inferInsert): Promise<void> => {
  await tx.insert(refreshTokens).values(row);
};

export const lockRefreshToken = async (tx: Tx, agencyId: string, id: string): Promise<RefreshTokenRecord | undefined> =>
  (
    await tx
      .select()
      .from(refreshTokens)
      .where(and(eq(refreshTokens.agencyId, agencyId), eq(refreshTokens.id, id)))
      .for("update")
  )[0];

export const updateRefreshToken = async (
  tx: Tx,
  agencyId: string,
  id: string,
  set: Partial<typeof refreshTokens.$inferInsert>,
): Promise<void> => {
  await tx
    .update(refreshTokens)
    .set(set)
    .where(and(eq(refreshTokens.agencyId, agencyId), eq(refreshTokens.id, id)));
};

/** Drops the realtime leases of people whose connections end. */
export const deleteLeases = async (tx: Tx, agencyId: string, userIds: string[]): Promise<void> => {
  if (userIds.length === 0) return;
  await tx
    .delete(realtimeLeases)
    .where(and(eq(realtimeLeases.agencyId, agencyId), inArray(realtimeLeases.userId, userIds)));
};
