import "server-only";
import { type Db, openDb } from "@/db/client";
import { env } from "@/server/env";
import { singleton } from "@/server/singleton";

/** The pool of this process, as the app role. */
export const database = (): Db =>
  singleton("database", () =>
    openDb(env().DATABASE_URL, { max: env().DATABASE_POOL, prepare: env().DATABASE_PREPARE }),
  );
