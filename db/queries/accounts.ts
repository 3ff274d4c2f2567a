import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts } from "@/db/schema";

export type AccountRecord = typeof accounts.$inferSelect;

/** Lets this transaction change one account: row-level security lets an account be changed as itself only. */
export const actAsAccount = async (tx: Tx, accountId: string): Promise<void> => {
  await tx.execute(sql`select set_config('app.account_id', ${accountId}, true)`);
};

/** The account, locked. It must be one the transaction may see. */
export const lockAccount = async (tx: Tx, id: string): Promise<AccountRecord | undefined> =>
  (await tx.select().from(accounts).where(eq(accounts.id, id)).for("update"))[0];

export const accountById = async (tx: Tx, id: string): Promise<AccountRecord | undefined> =>
  (await tx.select().from(accounts).where(eq(accounts.id, id)))[0];

/** @returns was it changed? Not when the transaction does not act as this account. */
export const updateAccount = async (tx: Tx, id: string, set: Partial<typeof accounts.$inferInsert>): Promise<boolean> =>
  (
    await tx
      .update(accounts)
      .set({ ...set, updatedAt: sql`now()` })
      .where(eq(accounts.id, id))
  ).count > 0;

/** Uses up a time step; a code works once. @returns false when this step or a later one was used already */
export const takeTotpStep = async (tx: Tx, id: string, step: number): Promise<boolean> =>
  (
    await tx
      .update(accounts)
      .set({ totpLastStep: step })
      .where(and(eq(accounts.id, id), or(isNull(accounts.totpLastStep), lt(accounts.totpLastStep, step))))
  ).count > 0;

/** Uses up a recovery code. @returns false when the account has no such code (any more) */
export const takeRecoveryCode = async (tx: Tx, id: string, codeHash: string): Promise<boolean> =>
  (
    await tx
      .update(accounts)
      .set({ recoveryCodeHashes: sql`array_remove(${accounts.recoveryCodeHashes}, ${codeHash})` })
      .where(and(eq(accounts.id, id), sql`${codeHash} = any(${accounts.recoveryCodeHashes})`))
  ).count > 0;
