import "server-only";
import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { FlatRowsSession } from "./flat-rows";
import { reconnectAfterS } from "./lost-connection";
import * as schema from "./schema";
import type { Db, Tx } from "./types";

export type { Db, Tx } from "./types";

/**
 * Opens a pool.
 * @param url - postgres URL of the app role
 * @param options.max - connections; `prepare: false` behind a pooler in transaction mode
 */
export function openDb(url: string, options: { max?: number; prepare?: boolean; name?: string } = {}): Db {
  const client = postgres(url, {
    max: options.max ?? 10,
    prepare: options.prepare ?? true,
    // Drizzle hands on text, so the types of parameters need not be asked for first: half of a statement's journeys.
    describe: false,
    connect_timeout: 5,
    backoff: reconnectAfterS,
    connection: { application_name: options.name ?? "runboard" },
    // Notices are migrations' chatter; a warning that matters is an error in our SQL.
    onnotice: () => undefined,
  });
  return drizzle(client, { schema });
}

export type Tenant = { agencyId: string; userId?: string | undefined; accountId?: string | undefined };

/**
 * One transaction that sees the rows of one agency. The settings are local to the transaction, so that a pooled
 * connection never carries a tenant over. Inside another transaction it is a savepoint of that one.
 *
 * Beginning and the settings are one journey to the database, over before `work` starts: what is written belongs to a
 * transaction for certain.
 */
export const inAgency = <T>(db: Db | Tx, tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T> =>
  "$client" in db
    ? begin(db, "", async (client) => {
        await Promise.all([client.begun, settle(client, tenant)]);
        return work(txOf(client));
      })
    : savepoint(db, tenant, work);

/**
 * The same for work that only reads, which the database enforces. The first statement travels with the beginning and the
 * settings, and the answer is handed on without waiting for the end: a read of one statement is one journey.
 */
export const readInAgency = <T>(db: Db, tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const reading = begin(db, "read only", async (client) => {
      // Sent in this order; the work counts only when what was sent before it was done.
      const settled = Promise.all([client.begun, settle(client, tenant)]);
      const [result] = await Promise.all([work(txOf(client)), settled]);
      resolve(result);
    });
    // Too late for an answer that was handed on already: nothing depends on how a read ends.
    reading.catch(reject);
  });

const SETTINGS = ["app.agency_id", "app.actor_id", "app.account_id"] as const;
/** The same for every transaction, so that its text is made once. */
const SETTLE = `select ${SETTINGS.map((name, i) => `set_config('${name}', $${i + 1}, true)`).join(", ")}`;
const settingsOf = ({ agencyId, userId, accountId }: Tenant): string[] => [agencyId, userId ?? "", accountId ?? ""];

const savepoint = <T>(outer: Tx, tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T> =>
  outer.transaction(async (tx) => {
    const settings = settingsOf(tenant).map((value, i) => sql`set_config(${SETTINGS[i]}, ${value}, true)`);
    await tx.execute(sql`select ${sql.join(settings, sql`, `)}`);
    return work(tx);
  });

const begin = <T>(db: Db, mode: string, work: (client: postgres.TransactionSql) => Promise<T>): Promise<T> =>
  db.$client.begin(mode, work, { ahead: true }) as Promise<T>;

const dialect = new PgDialect();

/** Sends the settings at once; a query of drizzle's is sent some time after it was awaited. */
function settle(client: postgres.TransactionSql, tenant: Tenant): Promise<unknown> {
  return client.unsafe(SETTLE, settingsOf(tenant), { prepare: true }).execute();
}

/** Drizzle's face of a transaction of the driver; the schema is for its relational queries only, which are not used. */
const txOf = (client: postgres.TransactionSql): Tx =>
  new PostgresJsTransaction(dialect, new FlatRowsSession(client as never, dialect, undefined) as never, undefined);
