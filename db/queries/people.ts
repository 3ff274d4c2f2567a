import { and, arrayContains, asc, count, eq, gt, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, agencies, users } from "@/db/schema";

type NewUser = typeof users.$inferInsert;

const columns = {
  agencyId: users.agencyId,
  id: users.id,
  accountId: users.accountId,
  email: accounts.email,
  name: users.name,
  roles: users.roles,
  version: users.version,
  createdAt: users.createdAt,
  deactivatedAt: users.deactivatedAt,
  pending: users.pending,
  // Of somebody who has not come in, as their admin left it: what the account has elsewhere is told nobody here.
  hasPassword: sql<boolean>`case ${users.pending} when 'invited' then false when 'password' then true
    else ${accounts.passwordHash} is not null end`,
  hasSecondFactor: sql<boolean>`${users.pending} is null and ${accounts.totpConfirmedAt} is not null`,
};

const select = (tx: Tx, where: SQL | undefined) =>
  tx.select(columns).from(users).innerJoin(accounts, eq(accounts.id, users.accountId)).where(where);

export type UserRecord = Awaited<ReturnType<typeof select>>[number];

export const userById = async (tx: Tx, agencyId: string, id: string): Promise<UserRecord | undefined> =>
  (await select(tx, and(eq(users.agencyId, agencyId), eq(users.id, id))))[0];

/** An account's place in the agency. */
export const userOfAccount = async (tx: Tx, agencyId: string, accountId: string): Promise<UserRecord | undefined> =>
  (await select(tx, and(eq(users.agencyId, agencyId), eq(users.accountId, accountId))))[0];

/** People of the agency by e-mail, also those who left. */
export const usersByEmails = (tx: Tx, agencyId: string, emails: string[]): Promise<UserRecord[]> =>
  emails.length === 0
    ? Promise.resolve([])
    : select(tx, and(eq(users.agencyId, agencyId), inArray(accounts.email, emails)));

export type UserFilter = { active?: boolean | undefined; role?: string | undefined };

/** People of an agency, oldest first, behind `afterId`. */
export const listUserRecords = (
  tx: Tx,
  agencyId: string,
  { active, role, limit, afterId }: UserFilter & { limit: number; afterId?: string | undefined },
): Promise<UserRecord[]> =>
  select(
    tx,
    and(
      eq(users.agencyId, agencyId),
      active === undefined ? undefined : active ? isNull(users.deactivatedAt) : isNotNull(users.deactivatedAt),
      role === undefined ? undefined : arrayContains(users.roles, [role]),
      afterId === undefined ? undefined : gt(users.id, afterId),
    ),
  )
    .orderBy(asc(users.id))
    .limit(limit);

/** Makes an account unless its e-mail has one. @returns was it made? */
export const insertAccount = async (tx: Tx, account: typeof accounts.$inferInsert): Promise<boolean> =>
  // Without RETURNING: the wall shows an account to its agencies only, and it is in none yet.
  (await tx.insert(accounts).values(account).onConflictDoNothing({ target: accounts.email })).count > 0;

export const insertUser = async (tx: Tx, row: NewUser): Promise<void> => {
  await tx.insert(users).values(row);
};

/** @returns was there a row of this version? */
export const updateUser = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<NewUser>,
): Promise<boolean> => {
  const done = await tx
    .update(users)
    .set({ ...set, version: sql`${users.version} + 1`, updatedAt: sql`now()` })
    .where(
      and(
        eq(users.agencyId, key.agencyId),
        eq(users.id, key.id),
        key.version === undefined ? undefined : eq(users.version, key.version),
      ),
    );
  return done.count > 0;
};

/** Opens a place to its person: they have come in. No edit: the version stays. */
export const openPlace = async (tx: Tx, agencyId: string, id: string): Promise<void> => {
  await tx
    .update(users)
    .set({ pending: null })
    .where(and(eq(users.agencyId, agencyId), eq(users.id, id)));
};

/** Active admins but this one. Lock the agency before, or two may leave at once. */
export const countOtherAdmins = async (tx: Tx, agencyId: string, userId: string): Promise<number> => {
  const [row] = await tx
    .select({ n: count() })
    .from(users)
    .where(
      and(
        eq(users.agencyId, agencyId),
        ne(users.id, userId),
        isNull(users.deactivatedAt),
        arrayContains(users.roles, ["admin"]),
      ),
    );
  return row?.n ?? 0;
};

/** Makes changes to an agency's set of admins wait for each other. */
export const lockAgency = async (tx: Tx, agencyId: string): Promise<void> => {
  await tx.select({ id: agencies.id }).from(agencies).where(eq(agencies.id, agencyId)).for("update");
};

/** Which of these people the agency knows, also those who left. */
export const userIdsOf = async (tx: Tx, agencyId: string, ids: string[]): Promise<string[]> => {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, agencyId), inArray(users.id, ids)));
  return rows.map(({ id }) => id);
};
