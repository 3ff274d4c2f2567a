import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import type { AgencySettings } from "@/db/schema";
import type { Role, Scope } from "@/server/domain/people/permissions";

type Runner = Db | Tx;
type Raw = Record<string, unknown>;

/** Everybody who caches who may do what listens here. */
export const REVOCATIONS = "runboard_revoked";

async function first<T extends Raw>(db: Runner, query: SQL): Promise<T | undefined> {
  const rows: readonly Raw[] = await db.execute<T>(query);
  return rows[0] as T | undefined;
}
const date = (value: string) => new Date(value);
const dateOrNull = (value: string | null) => (value === null ? null : new Date(value));

export type AccountSecrets = {
  id: string;
  passwordHash: string | null;
  totpSecretEnc: string | null;
  totpConfirmedAt: Date | null;
  deactivatedAt: Date | null;
};

/** What a sign-in needs to know of an account. @param email - lower case */
export async function accountByEmail(db: Runner, email: string): Promise<AccountSecrets | undefined> {
  const row = await first<{
    id: string;
    password_hash: string | null;
    totp_secret_enc: string | null;
    totp_confirmed_at: string | null;
    deactivated_at: string | null;
  }>(db, sql`select * from auth_account_by_email(${email})`);
  return (
    row && {
      id: row.id,
      passwordHash: row.password_hash,
      totpSecretEnc: row.totp_secret_enc,
      totpConfirmedAt: dateOrNull(row.totp_confirmed_at),
      deactivatedAt: dateOrNull(row.deactivated_at),
    }
  );
}

export type Place = { agencyId: string; agencyName: string; userId: string; roles: Role[]; settings: AgencySettings };

/** The agencies an account may enter, the oldest place first. */
export async function placesOf(db: Runner, accountId: string): Promise<Place[]> {
  const rows = await db.execute<{
    agency_id: string;
    agency_name: string;
    user_id: string;
    roles: Role[];
    settings: AgencySettings;
  }>(sql`select * from auth_places(${accountId})`);
  return rows.map((row) => ({
    agencyId: row.agency_id,
    agencyName: row.agency_name,
    userId: row.user_id,
    roles: row.roles,
    settings: row.settings,
  }));
}

export type SessionRow = {
  sessionId: string;
  agencyId: string;
  userId: string;
  accountId: string;
  kind: "console" | "api";
  roles: Role[];
  settings: AgencySettings;
  lastSeenAt: Date;
  expiresAt: Date;
  idleTimeoutS: number;
  lockedAt: Date | null;
  ended: boolean;
  /** Does the account look after the whole installation? */
  operator: boolean;
};

/** A session with its person's roles; also one that has ended, which says so. */
export async function sessionById(db: Runner, sessionId: string): Promise<SessionRow | undefined> {
  const row = await first<{
    session_id: string;
    agency_id: string;
    user_id: string;
    account_id: string;
    kind: "console" | "api";
    roles: Role[];
    settings: AgencySettings;
    last_seen_at: string;
    expires_at: string;
    idle_timeout_s: number;
    locked_at: string | null;
    ended: boolean;
    operator: boolean;
  }>(db, sql`select * from auth_session(${sessionId})`);
  return (
    row && {
      sessionId: row.session_id,
      agencyId: row.agency_id,
      userId: row.user_id,
      accountId: row.account_id,
      kind: row.kind,
      roles: row.roles,
      settings: row.settings,
      lastSeenAt: date(row.last_seen_at),
      expiresAt: date(row.expires_at),
      idleTimeoutS: row.idle_timeout_s,
      lockedAt: dateOrNull(row.locked_at),
      ended: row.ended,
      operator: row.operator,
    }
  );
}

export type ApiKeyRow = { id: string; agencyId: string; scopes: Scope[]; lastUsedAt: Date | null };

/** The live API key with this hash. */
export async function apiKeyByHash(db: Runner, tokenHash: string): Promise<ApiKeyRow | undefined> {
  const row = await first<{ id: string; agency_id: string; scopes: Scope[]; last_used_at: string | null }>(
    db,
    sql`select * from auth_api_key(${tokenHash})`,
  );
  return row && { id: row.id, agencyId: row.agency_id, scopes: row.scopes, lastUsedAt: dateOrNull(row.last_used_at) };
}

/** Where a refresh token lives; its state is read behind the agency's wall. */
export async function refreshTokenByHash(
  db: Runner,
  tokenHash: string,
): Promise<{ id: string; agencyId: string; sessionId: string } | undefined> {
  const row = await first<{ id: string; agency_id: string; session_id: string }>(
    db,
    sql`select * from auth_refresh_token(${tokenHash})`,
  );
  return row && { id: row.id, agencyId: row.agency_id, sessionId: row.session_id };
}

export type LinkRow = {
  id: string;
  agencyId: string;
  agencyName: string;
  accountId: string;
  email: string;
  kind: "invite" | "reset";
  expiresAt: Date;
  usedAt: Date | null;
};

/** The invitation or password reset with this hash, used or not. */
export async function linkByHash(db: Runner, tokenHash: string): Promise<LinkRow | undefined> {
  const row = await first<{
    id: string;
    agency_id: string;
    agency_name: string;
    account_id: string;
    email: string;
    kind: "invite" | "reset";
    expires_at: string;
    used_at: string | null;
  }>(db, sql`select * from auth_link(${tokenHash})`);
  return (
    row && {
      id: row.id,
      agencyId: row.agency_id,
      agencyName: row.agency_name,
      accountId: row.account_id,
      email: row.email,
      kind: row.kind,
      expiresAt: date(row.expires_at),
      usedAt: dateOrNull(row.used_at),
    }
  );
}

/** Has the account a place in another agency than the transaction's? */
export const isSharedAccount = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await first<{ shared: boolean }>(tx, sql`select auth_account_is_shared(${accountId}) as shared`))?.shared ?? false;

/** Ends the sessions of the transaction's account in every agency, but for one. */
export const revokeAccountSessions = async (
  tx: Tx,
  { accountId, but, at, reason }: { accountId: string; but?: string | undefined; at: Date; reason: string },
): Promise<void> => {
  await tx.execute(
    sql`select auth_revoke_account_sessions(${accountId}, ${but ?? null}::uuid, ${at.toISOString()}::timestamptz, ${reason})`,
  );
};

/** Tells every process, at commit, to forget what it has cached of sessions and keys. */
export const announceRevocation = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`select pg_notify(${REVOCATIONS}, '')`);
};
