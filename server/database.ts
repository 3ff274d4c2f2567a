import "server-only";
import { type Db, openDb } from "@/db/client";
import { env } from "@/server/env";
import { singleton } from "@/server/singleton";

const holder = () => singleton<{ db: Db | null }>("database", () => ({ db: null }));

/** The pool of this process, as the app role. */
export function database(): Db {
  const { DATABASE_URL, DATABASE_POOL, DATABASE_PREPARE } = env();
  holder().db ??= openDb(DATABASE_URL, { max: DATABASE_POOL, prepare: DATABASE_PREPARE });
  return holder().db as Db;
}

/** Gives this process another pool: a test's own database. */
export const setDatabase = (db: Db): void => {
  holder().db = db;
};
