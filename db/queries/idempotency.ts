import { and, eq, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";

export type IdempotencyScope = { agencyId: string; credential: string; method: string; path: string; key: string };

const is = (scope: IdempotencyScope) =>
  and(
    eq(idempotencyKeys.agencyId, scope.agencyId),
    eq(idempotencyKeys.credential, scope.credential),
    eq(idempotencyKeys.method, scope.method),
    eq(idempotencyKeys.path, scope.path),
    eq(idempotencyKeys.key, scope.key),
  );

/**
 * Claims a key: true when the caller may go on. A key from before `forgottenBefore`, or one in flight since before
 * `abandonedBefore` (its process died), is taken over.
 */
export async function claimKey(
  tx: Tx,
  scope: IdempotencyScope,
  bodyHash: string,
  times: { now: Date; forgottenBefore: Date; abandonedBefore: Date },
): Promise<boolean> {
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ ...scope, bodyHash, createdAt: times.now })
    .onConflictDoUpdate({
      target: [
        idempotencyKeys.agencyId,
        idempotencyKeys.credential,
        idempotencyKeys.method,
        idempotencyKeys.path,
        idempotencyKeys.key,
      ],
      set: { bodyHash, createdAt: times.now, done: false, status: null, answerEnc: null },
      setWhere: or(
        lt(idempotencyKeys.createdAt, times.forgottenBefore),
        and(sql`not ${idempotencyKeys.done}`, lt(idempotencyKeys.createdAt, times.abandonedBefore)),
      ),
    })
    .returning({ key: idempotencyKeys.key });
  return claimed.length > 0;
}

export const findKey = async (tx: Tx, scope: IdempotencyScope) =>
  (await tx.select().from(idempotencyKeys).where(is(scope)))[0];

export const finishKey = async (
  tx: Tx,
  scope: IdempotencyScope,
  status: number,
  answerEnc: string | null,
): Promise<void> => {
  await tx.update(idempotencyKeys).set({ done: true, status, answerEnc }).where(is(scope));
};

export const releaseKey = async (tx: Tx, scope: IdempotencyScope): Promise<void> => {
  await tx.delete(idempotencyKeys).where(is(scope));
};
