import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { agencyKey, moment, stamps } from "./columns";

/** A person who can sign in, in whatever agency: global, reached by definer functions before an agency is known. */
export const accounts = pgTable("accounts", {
  id: uuid("id").primaryKey(),
  /** Lower case; the only spelling that is stored. */
  email: text("email").notNull().unique(),
  passwordHash: text("password_hash"),
  passwordChangedAt: moment("password_changed_at"),
  /** Somebody else chose the password: it opens no place in another agency. */
  passwordGiven: boolean("password_given").notNull().default(false),
  /** AES-256-GCM, bound to this row. */
  totpSecretEnc: text("totp_secret_enc"),
  totpConfirmedAt: moment("totp_confirmed_at"),
  /** The last accepted time step: a code works once. */
  totpLastStep: integer("totp_last_step"),
  recoveryCodeHashes: text("recovery_code_hashes").array().notNull().default([]),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
  deactivatedAt: moment("deactivated_at"),
});

/**
 * Accounts that look after the whole installation. Granted by a command with the owner's connection: the role that serves
 * may neither read nor write it, so no request can make one.
 */
export const operators = pgTable("operators", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => accounts.id),
  grantedAt: moment("granted_at").notNull().defaultNow(),
});

export type AgencySettings = {
  /** Sends the fleet's positions in one cell or in H3 cells of this resolution. */
  positionRes?: number;
  /** Seconds without activity until a console is locked; 0 never locks. */
  lockAfterS?: number;
  /** Seconds without activity until a console session ends. */
  idleTimeoutS?: number;
  /** Marks the seed of `npm run demo`. */
  demo?: boolean;
};

export const agencies = pgTable("agencies", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  timeZone: text("time_zone").notNull(),
  distanceUnit: text("distance_unit").$type<"mi" | "km">().notNull().default("mi"),
  settings: jsonb("settings").$type<AgencySettings>().notNull().default({}),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** An account's place in one agency. */
export const users = pgTable(
  "users",
  {
    ...agencyKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    name: text("name").notNull(),
    roles: text("roles").array().notNull(),
    /** Not come in yet: by a link that waits, or with a password that an account from elsewhere did not take. */
    pending: text("pending").$type<"invited" | "password">(),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId], foreignColumns: [agencies.id] }),
    unique("users_one_per_account").on(t.agencyId, t.accountId),
    index("users_account").on(t.accountId),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    ...agencyKey(),
    accountId: uuid("account_id").notNull(),
    userId: uuid("user_id").notNull(),
    kind: text("kind").$type<"console" | "api">().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    idleTimeoutS: integer("idle_timeout_s").notNull(),
    revokedAt: moment("revoked_at"),
    revokedReason: text("revoked_reason"),
    mfaAt: moment("mfa_at"),
    lockedAt: moment("locked_at"),
    userAgent: text("user_agent"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    unique("sessions_id").on(t.id),
    foreignKey({ columns: [t.agencyId, t.userId], foreignColumns: [users.agencyId, users.id] }),
    index("sessions_user").on(t.agencyId, t.userId).where(sql`revoked_at is null`),
    index("sessions_expiry").on(t.expiresAt),
  ],
);

export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    ...agencyKey(),
    sessionId: uuid("session_id").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    /** Set when this token was exchanged; it is accepted once more for 60 s and gives the same successor. */
    usedAt: moment("used_at"),
    reusedAt: moment("reused_at"),
    successorId: uuid("successor_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.sessionId], foreignColumns: [sessions.agencyId, sessions.id] }).onDelete(
      "cascade",
    ),
    index("refresh_tokens_session").on(t.agencyId, t.sessionId),
  ],
);

/** Invitations and password resets: a hash of the link's token, used once. */
export const oneTimeLinks = pgTable(
  "one_time_links",
  {
    ...agencyKey(),
    accountId: uuid("account_id").notNull(),
    kind: text("kind").$type<"invite" | "reset">().notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    createdAt: moment("created_at").notNull().defaultNow(),
    createdBy: uuid("created_by"),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.id] })],
);

/** Failed sign-ins by keyed hashes of e-mail and network: no address and no e-mail in the clear. Global. */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    id: uuid("id").primaryKey(),
    accountKey: text("account_key").notNull(),
    networkKey: text("network_key").notNull(),
    at: moment("at").notNull().defaultNow(),
  },
  (t) => [
    index("sign_in_failures_account").on(t.accountKey, t.at),
    index("sign_in_failures_network").on(t.networkKey, t.at),
  ],
);

/** Browsers and phones an account has signed in from: never locked out by somebody else's failures. Global. */
export const knownDevices = pgTable(
  "known_devices",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    deviceHash: text("device_hash").notNull(),
    lastUsedAt: moment("last_used_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.deviceHash] })],
);

export const apiKeys = pgTable(
  "api_keys",
  {
    ...agencyKey(),
    name: text("name").notNull(),
    /** The first characters, so that people can tell keys apart. */
    prefix: text("prefix").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    scopes: text("scopes").array().notNull(),
    lastUsedAt: moment("last_used_at"),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.id] })],
);

export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    agencyId: uuid("agency_id").notNull(),
    credential: text("credential").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    key: text("key").notNull(),
    bodyHash: text("body_hash").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    status: integer("status").notNull(),
    /** The answer, encrypted: rows may hold patient data. Null when it was empty. */
    answerEnc: text("answer_enc"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.credential, t.method, t.path, t.key] }),
    index("idempotency_keys_age").on(t.createdAt),
  ],
);

/** Live realtime connections of a person, refused past three. */
export const realtimeLeases = pgTable(
  "realtime_leases",
  {
    agencyId: uuid("agency_id").notNull(),
    userId: uuid("user_id").notNull(),
    socketId: text("socket_id").notNull(),
    sessionId: uuid("session_id"),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.userId, t.socketId] }), index("realtime_leases_expiry").on(t.expiresAt)],
);

/** The last number given per agency and series (trip numbers). */
export const counters = pgTable(
  "counters",
  { agencyId: uuid("agency_id").notNull(), name: text("name").notNull(), value: integer("value").notNull() },
  (t) => [primaryKey({ columns: [t.agencyId, t.name] })],
);
