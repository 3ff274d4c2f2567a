import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { knownDevices, signInFailures } from "@/db/schema";

type Keys = { accountKey: string; networkKey: string };

/** Moments of the newest failures of an e-mail since `since`, newest first. */
export const accountFailures = async (db: Db, accountKey: string, since: Date, limit: number): Promise<Date[]> =>
  (
    await db
      .select({ at: signInFailures.at })
      .from(signInFailures)
      .where(and(eq(signInFailures.accountKey, accountKey), gt(signInFailures.at, since)))
      .orderBy(desc(signInFailures.at))
      .limit(limit)
  ).map(({ at }) => at);

/** Moments of the newest failures of a network since `since`, newest first. */
export const networkFailures = async (db: Db, networkKey: string, since: Date, limit: number): Promise<Date[]> =>
  (
    await db
      .select({ at: signInFailures.at })
      .from(signInFailures)
      .where(and(eq(signInFailures.networkKey, networkKey), gt(signInFailures.at, since)))
      .orderBy(desc(signInFailures.at))
      .limit(limit)
  ).map(({ at }) => at);

export const insertFailure = async (db: Db, row: Keys & { id: string; at: Date }): Promise<void> => {
  await db.insert(signInFailures).values(row);
};

/** Somebody who knew the password came: what was typed wrong before counts no more for this e-mail. */
export const clearFailures = async (db: Pick<Db, "delete">, accountKey: string): Promise<void> => {
  await db.delete(signInFailures).where(eq(signInFailures.accountKey, accountKey));
};

export const isKnownDevice = async (db: Db, accountId: string, deviceHash: string): Promise<boolean> =>
  (
    await db
      .select({ accountId: knownDevices.accountId })
      .from(knownDevices)
      .where(and(eq(knownDevices.accountId, accountId), eq(knownDevices.deviceHash, deviceHash)))
  ).length > 0;

export const rememberDevice = async (db: Db, accountId: string, deviceHash: string, at: Date): Promise<void> => {
  await db
    .insert(knownDevices)
    .values({ accountId, deviceHash, lastUsedAt: at })
    .onConflictDoUpdate({
      target: [knownDevices.accountId, knownDevices.deviceHash],
      set: { lastUsedAt: sql`excluded.last_used_at` },
    });
};

/** Forgets the devices of an account: after a new password, everybody starts anew. */
export const forgetDevices = async (db: Pick<Db, "delete">, accountId: string): Promise<void> => {
  await db.delete(knownDevices).where(eq(knownDevices.accountId, accountId));
};
