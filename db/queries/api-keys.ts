import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiKeys } from "@/db/schema";

export type ApiKeyRecord = typeof apiKeys.$inferSelect;

export const insertApiKey = async (tx: Tx, row: typeof apiKeys.$inferInsert): Promise<ApiKeyRecord | undefined> =>
  (await tx.insert(apiKeys).values(row).returning())[0];

export const apiKeyById = async (tx: Tx, agencyId: string, id: string): Promise<ApiKeyRecord | undefined> =>
  (
    await tx
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.agencyId, agencyId), eq(apiKeys.id, id)))
  )[0];

/** Keys in use, oldest first, behind `afterId`. */
export const listApiKeyRecords = (
  tx: Tx,
  agencyId: string,
  { limit, afterId }: { limit: number; afterId?: string | undefined },
): Promise<ApiKeyRecord[]> =>
  tx
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.agencyId, agencyId),
        isNull(apiKeys.deactivatedAt),
        afterId === undefined ? undefined : gt(apiKeys.id, afterId),
      ),
    )
    .orderBy(asc(apiKeys.id))
    .limit(limit);

/** @returns the new row, undefined when there is none in use of this version */
export const updateApiKey = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<typeof apiKeys.$inferInsert>,
): Promise<ApiKeyRecord | undefined> =>
  (
    await tx
      .update(apiKeys)
      .set({ ...set, version: sql`${apiKeys.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          eq(apiKeys.agencyId, key.agencyId),
          eq(apiKeys.id, key.id),
          isNull(apiKeys.deactivatedAt),
          key.version === undefined ? undefined : eq(apiKeys.version, key.version),
        ),
      )
      .returning()
  )[0];
