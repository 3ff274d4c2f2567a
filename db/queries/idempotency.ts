import { and, eq, gte, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";

export type IdempotencyScope = { agencyId: string; credential: string; method: string; path: string; key: string };
export type RememberedAnswer = { bodyHash: string; status: number; answerEnc: string | null };

/**
 * Holds a key until the end of the transaction, however that ends; a process that dies lets go of it.
 * @returns false while another transaction holds it
 */
export async function holdKey(tx: Tx, { agencyId, credential, method, path, key }: IdempotencyScope): Promise<boolean> {
  const name = JSON.stringify([agencyId, credential, method, path, key]);
  const [row] = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as held`,
  );
  return row?.held === true;
}

/** The answer given under a key at or after `since`. */
export const rememberedAnswer = async (
  tx: Tx,
  scope: IdempotencyScope,
  since: Date,
): Promise<RememberedAnswer | undefined> =>
  (
    await tx
      .select({
        bodyHash: idempotencyKeys.bodyHash,
        status: idempotencyKeys.status,
        answerEnc: idempotencyKeys.answerEnc,
      })
      .from(idempotencyKeys)
      .where(
        and(
          eq(idempotencyKeys.agencyId, scope.agencyId),
          eq(idempotencyKeys.credential, scope.credential),
          eq(idempotencyKeys.method, scope.method),
          eq(idempotencyKeys.path, scope.path),
          eq(idempotencyKeys.key, scope.key),
          gte(idempotencyKeys.createdAt, since),
        ),
      )
  )[0];

/** Keeps the answer given under a key that this transaction holds; an older one is forgotten. */
export const rememberAnswer = async (
  tx: Tx,
  scope: IdempotencyScope,
  answer: RememberedAnswer & { createdAt: Date },
): Promise<void> => {
  await tx
    .insert(idempotencyKeys)
    .values({ ...scope, ...answer })
    .onConflictDoUpdate({
      target: [
        idempotencyKeys.agencyId,
        idempotencyKeys.credential,
        idempotencyKeys.method,
        idempotencyKeys.path,
        idempotencyKeys.key,
      ],
      set: answer,
    });
};
