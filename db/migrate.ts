import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { installQueues } from "./queues";

/** Any number will do, as long as every migrator takes the same. */
const LOCK = 7_262_734;

type Entry = { tag: string; when: number };

/** The migrations of a folder in their order. */
export function migrationEntries(folder: string): Entry[] {
  const journal = path.join(folder, "meta/_journal.json");
  if (!existsSync(journal)) throw new Error(`${journal} is missing: run npm run db:generate`);
  const { entries } = JSON.parse(readFileSync(journal, "utf8")) as { entries: Entry[] };
  return entries;
}

/**
 * Applies what is missing of the migrations, all of it or nothing. Two callers at once wait for each other.
 * @param url - of the role that owns the schema
 * @param folder - with the SQL files and `meta/_journal.json`
 * @returns names of what was applied, oldest first
 * @throws Error when a migration older than the newest applied one has never run: it would be left out in silence
 */
export async function migrateDatabase(url: string, folder: string): Promise<string[]> {
  const entries = migrationEntries(folder);
  const client = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "runboard-migrate" },
  });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    const before = await appliedTimes(client);
    const newest = Math.max(0, ...before);
    const skipped = entries.filter(({ when }) => when < newest && !before.has(when));
    if (skipped.length > 0) {
      throw new Error(`older than what is applied, so never run: ${skipped.map(({ tag }) => tag).join(", ")}`);
    }
    await migrateInPassing(client, folder);
    await installQueues(url);
    return entries.filter(({ when }) => !before.has(when)).map(({ tag }) => tag);
  } finally {
    await client.end();
  }
}

const LOCK_WITHIN = "1s";
const MOST_TRIES = 60;
const AGAIN_AFTER_MS = 1_000;

/**
 * Migrates while the old version serves. A change of a table waits for whoever reads it, and everybody who comes later
 * waits behind it: so it gives up after a second, lets them pass, and tries again.
 */
async function migrateInPassing(client: postgres.Sql, folder: string): Promise<void> {
  await client`select set_config('lock_timeout', ${LOCK_WITHIN}, false)`;
  for (let tries = 1; ; tries++) {
    try {
      return await migrate(drizzle(client), { migrationsFolder: folder });
    } catch (error) {
      if (tries >= MOST_TRIES || !isLockTimeout(error)) throw error;
      await wait(AGAIN_AFTER_MS);
    }
  }
}

const isLockTimeout = (error: unknown): boolean => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause && cause.code === "55P03";
};

async function appliedTimes(client: postgres.Sql): Promise<Set<number>> {
  const [table] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return new Set();
  const rows = await client<
    { createdAt: string }[]
  >`select created_at as "createdAt" from drizzle.__drizzle_migrations`;
  return new Set(rows.map(({ createdAt }) => Number(createdAt)));
}
