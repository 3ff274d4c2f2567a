import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bases } from "@/db/schema";

export type BaseRow = typeof bases.$inferSelect;
export type NewBase = typeof bases.$inferInsert;

export const insertBases = (tx: Tx, rows: NewBase[]): Promise<BaseRow[]> => tx.insert(bases).values(rows).returning();

export const baseById = async (tx: Tx, agencyId: string, id: string): Promise<BaseRow | undefined> =>
  (
    await tx
      .select()
      .from(bases)
      .where(and(eq(bases.agencyId, agencyId), eq(bases.id, id)))
  )[0];

/** Bases in use, oldest first, behind `afterId`. */
export const listBaseRows = (
  tx: Tx,
  agencyId: string,
  { limit, afterId }: { limit: number; afterId?: string | undefined },
) =>
  tx
    .select()
    .from(bases)
    .where(and(eq(bases.agencyId, agencyId), isNull(bases.deactivatedAt), afterId ? gt(bases.id, afterId) : undefined))
    .orderBy(asc(bases.id))
    .limit(limit);

/** @returns the new row, undefined when there is none of this version */
export const updateBase = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<NewBase>,
): Promise<BaseRow | undefined> =>
  (
    await tx
      .update(bases)
      .set({ ...set, version: sql`${bases.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          eq(bases.agencyId, key.agencyId),
          eq(bases.id, key.id),
          isNull(bases.deactivatedAt),
          key.version === undefined ? undefined : eq(bases.version, key.version),
        ),
      )
      .returning()
  )[0];
