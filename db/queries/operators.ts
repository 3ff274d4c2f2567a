import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { operators } from "@/db/schema";

/** Makes an account an operator; only the owner's connection may. @returns was it none before? */
export const insertOperator = async (tx: Tx, accountId: string, grantedAt: Date): Promise<boolean> =>
  (await tx.insert(operators).values({ accountId, grantedAt }).onConflictDoNothing()).count > 0;

/** @returns was it one? */
export const deleteOperator = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await tx.delete(operators).where(eq(operators.accountId, accountId))).count > 0;
