import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { oneTimeLinks } from "@/db/schema";

export const insertLink = async (tx: Tx, row: typeof oneTimeLinks.$inferInsert): Promise<void> => {
  await tx.insert(oneTimeLinks).values(row);
};

/** Uses a link up. @returns false when it was used before */
export const takeLink = async (tx: Tx, agencyId: string, id: string, at: Date): Promise<boolean> =>
  (
    await tx
      .update(oneTimeLinks)
      .set({ usedAt: at })
      .where(and(eq(oneTimeLinks.agencyId, agencyId), eq(oneTimeLinks.id, id), isNull(oneTimeLinks.usedAt)))
  ).count > 0;

/** Uses up all open links of an account in this agency: a new one replaces them, and so does any new password. */
export const closeLinks = async (tx: Tx, agencyId: string, accountId: string, at: Date): Promise<void> => {
  await tx
    .update(oneTimeLinks)
    .set({ usedAt: at })
    .where(
      and(eq(oneTimeLinks.agencyId, agencyId), eq(oneTimeLinks.accountId, accountId), isNull(oneTimeLinks.usedAt)),
    );
};
