import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiKeys, sessions } from "@/db/schema";

/** Notes a session's activity, unless a newer one is there. */
export const setSessionSeen = async (tx: Tx, agencyId: string, id: string, at: Date): Promise<void> => {
  await tx
    .update(sessions)
    .set({ lastSeenAt: at })
    .where(
      and(
        eq(sessions.agencyId, agencyId),
        eq(sessions.id, id),
        lt(sessions.lastSeenAt, at),
        isNull(sessions.revokedAt),
      ),
    );
};

/** Notes a key's use, unless a newer one is there. */
export const setApiKeyUsed = async (tx: Tx, agencyId: string, id: string, at: Date): Promise<void> => {
  await tx
    .update(apiKeys)
    .set({ lastUsedAt: at })
    .where(
      and(
        eq(apiKeys.agencyId, agencyId),
        eq(apiKeys.id, id),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, at)),
      ),
    );
};
