import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { facilities } from "@/db/schema";

export type FacilityRow = typeof facilities.$inferSelect;
export type NewFacility = typeof facilities.$inferInsert;

export const insertFacilities = (tx: Tx, rows: NewFacility[]): Promise<FacilityRow[]> =>
  tx.insert(facilities).values(rows).returning();

export const facilityById = async (tx: Tx, agencyId: string, id: string): Promise<FacilityRow | undefined> =>
  (
    await tx
      .select()
      .from(facilities)
      .where(and(eq(facilities.agencyId, agencyId), eq(facilities.id, id)))
  )[0];

/** Facilities in use, oldest first, behind `afterId`. */
export const listFacilityRows = (
  tx: Tx,
  agencyId: string,
  { limit, afterId }: { limit: number; afterId?: string | undefined },
) =>
  tx
    .select()
    .from(facilities)
    .where(
      and(
        eq(facilities.agencyId, agencyId),
        isNull(facilities.deactivatedAt),
        afterId ? gt(facilities.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(facilities.id))
    .limit(limit);

/** @returns the new row, undefined when there is none of this version */
export const updateFacility = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<NewFacility>,
): Promise<FacilityRow | undefined> =>
  (
    await tx
      .update(facilities)
      .set({ ...set, version: sql`${facilities.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          eq(facilities.agencyId, key.agencyId),
          eq(facilities.id, key.id),
          isNull(facilities.deactivatedAt),
          key.version === undefined ? undefined : eq(facilities.version, key.version),
        ),
      )
      .returning()
  )[0];
