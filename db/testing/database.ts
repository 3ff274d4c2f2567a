import { randomBytes } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { openDb } from "@/db/client";
import * as schema from "@/db/schema";
import type { Db } from "@/db/types";

export type TestDatabase = {
  /** What the product gets: the app role, row-level security applies. */
  readonly db: Db;
  /** For fixtures and for looking behind the walls: the migrator, row-level security does not apply. */
  readonly owner: Db;
  /** Plain SQL as the migrator. */
  readonly sql: postgres.Sql;
  /** Connection strings, for what opens its own (jobs, LISTEN, child processes). */
  readonly urls: { app: string; owner: string };
};

/**
 * Clones the migrated template into a database of its own and opens it.
 * @returns the database and how to close and drop it
 */
export async function cloneDatabase(): Promise<TestDatabase & { drop: () => Promise<void> }> {
  const server = inject("server");
  const name = `t_${process.pid}_${randomBytes(4).toString("hex")}`;
  await asAdmin(server.adminUrl, `create database ${name} template ${server.template} owner runboard_owner`);
  const urls = {
    app: server.appUrl.replace("DATABASE_NAME", name),
    owner: server.ownerUrl.replace("DATABASE_NAME", name),
  };
  const db = openDb(urls.app, { max: 6, name: "test" });
  const sql = postgres(urls.owner, { max: 3, onnotice: () => undefined });
  const drop = async () => {
    await Promise.all([db.$client.end({ timeout: 1 }), sql.end({ timeout: 1 })]);
    await asAdmin(server.adminUrl, `drop database if exists ${name} with (force)`);
  };
  return { db, owner: drizzle(sql, { schema }), sql, urls, drop };
}

/**
 * One database for this test file, there before its tests and dropped after them. Call it at the top level and keep the
 * object: its properties can be read inside tests and hooks.
 * @example const database = useTestDatabase();
 *   test("…", async () => { await read(ctxOf(database.db), …) });
 */
export function useTestDatabase(): TestDatabase {
  let current: (TestDatabase & { drop: () => Promise<void> }) | undefined;
  beforeAll(async () => {
    current = await cloneDatabase();
  });
  afterAll(async () => {
    await current?.drop();
  });
  const ready = () => {
    if (!current) throw new Error("the test database exists inside tests and hooks only");
    return current;
  };
  return {
    get db() {
      return ready().db;
    },
    get owner() {
      return ready().owner;
    },
    get sql() {
      return ready().sql;
    },
    get urls() {
      return ready().urls;
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await admin.unsafe(statement);
  } finally {
    await admin.end();
  }
}
