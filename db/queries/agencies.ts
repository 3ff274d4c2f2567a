import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { agencies } from "@/db/schema";

export type AgencyRow = typeof agencies.$inferSelect;

/** The agency whose transaction this is. @throws Error when it is not there: no caller acts for an agency that is gone */
export async function agencyById(tx: Tx, agencyId: string): Promise<AgencyRow> {
  const [row] = await tx.select().from(agencies).where(eq(agencies.id, agencyId));
  if (!row) throw new Error("the agency of this transaction does not exist");
  return row;
}
