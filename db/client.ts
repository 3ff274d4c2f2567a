import "server-only";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
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
 */
export const inAgency = <T>(db: Db | Tx, tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('app.agency_id', ${tenant.agencyId}, true), set_config('app.actor_id', ${tenant.userId ?? ""}, true), set_config('app.account_id', ${tenant.accountId ?? ""}, true)`,
    );
    return work(tx);
  });
