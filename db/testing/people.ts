import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import * as schema from "@/db/schema";
import type { Role } from "@/server/context";
import { newId } from "@/server/ids";
import { hashPassword } from "@/server/security/passwords";
import { anAgency, aUser } from "./factories";

export const PASSWORD = "correct horse battery";

let hash: Promise<string> | undefined;
/** `PASSWORD`, hashed once per test file. */
const passwordHash = () => (hash ??= hashPassword(PASSWORD));

/** Somebody who can sign in with `PASSWORD`, in an agency of their own unless one is named. `db` is the migrator's. */
export async function aPerson(
  db: Db,
  { agencyId, roles = ["dispatcher"], email }: { agencyId?: string; roles?: Role[]; email?: string } = {},
) {
  const accountId = newId();
  const address = email ?? `p-${accountId}@example.test`;
  await db.insert(schema.accounts).values({ id: accountId, email: address, passwordHash: await passwordHash() });
  const user = await aUser(db, agencyId ?? (await anAgency(db)).id, roles, { accountId });
  return { ...user, email: address };
}

/** What the audit log of an agency says was done, oldest first. */
export const auditedActions = async (db: Db, agencyId: string): Promise<string[]> =>
  (
    await db
      .select({ action: schema.auditLog.action })
      .from(schema.auditLog)
      .where(eq(schema.auditLog.agencyId, agencyId))
      .orderBy(asc(schema.auditLog.at), asc(schema.auditLog.id))
  ).map(({ action }) => action);
