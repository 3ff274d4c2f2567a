import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { agencies } from "@/db/schema";

export type AgencyRow = typeof agencies.$inferSelect;

/** The agency whose transaction this is. @throws Error when it is not there: no caller acts for an agency that is gone */
export async function agencyById(tx: Tx, agencyId: string): Promise<AgencyRow> {
  const [row] = await tx.select().from(agencies).where(eq(agencies.id, agencyId));
  if (!row) throw new Error("the agency of this transaction does not exist");
  return row;
}

/** For the command that makes an agency: the app role may not. */
export const insertAgency = async (tx: Tx, row: typeof agencies.$inferInsert): Promise<void> => {
  await tx.insert(agencies).values(row);
};

/** @returns the new row, undefined when there is none of this version */
export const updateAgency = async (
  tx: Tx,
  { id, version }: { id: string; version: number },
  set: Partial<typeof agencies.$inferInsert>,
): Promise<AgencyRow | undefined> =>
  (
    await tx
      .update(agencies)
      .set({ ...set, version: sql`${agencies.version} + 1`, updatedAt: sql`now()` })
      .where(and(eq(agencies.id, id), eq(agencies.version, version)))
      .returning()
  )[0];
