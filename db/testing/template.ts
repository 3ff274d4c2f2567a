import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { migrateDatabase } from "@/db/migrate";

const LOCK = 7_262_735;

/** Fingerprint of everything that shapes an empty database. */
export function schemaHash(root: string): string {
  const hash = createHash("sha256");
  const folder = path.join(root, "drizzle");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql") || name.endsWith("_journal.json"))
    .map((name) => path.join(folder, name));
  for (const file of [...sources.sort(), path.join(root, "scripts/lib/roles.mjs"), path.join(root, "db/queues.ts")]) {
    hash.update(path.basename(file)).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}

export type TemplateServer = {
  adminUrl: (database: string) => string;
  ownerUrl: (database: string) => string;
  /** SQL that gives a fresh database its extensions. */
  databaseSql: string;
};

/**
 * A migrated, empty database to clone from; built once per schema, however many test runs start at once.
 * Leftovers of runs that were killed are dropped on the way.
 * @returns its name
 */
export async function ensureTemplate(server: TemplateServer, root: string): Promise<string> {
  const name = `template_${schemaHash(root)}`;
  const admin = postgres(server.adminUrl("postgres"), { max: 1, onnotice: () => undefined });
  try {
    await admin`select pg_advisory_lock(${LOCK})`;
    const found = await admin<{ datname: string }[]>`select datname from pg_database`;
    await dropLeftovers(admin, found, name);
    if (!found.some(({ datname }) => datname === name)) await build(admin, server, { name, root });
    return name;
  } finally {
    await admin.end();
  }
}

async function build(admin: postgres.Sql, server: TemplateServer, { name, root }: { name: string; root: string }) {
  const building = `${name}_building`;
  await admin.unsafe(`drop database if exists ${building} with (force)`);
  await admin.unsafe(`create database ${building} owner runboard_owner`);
  const inside = postgres(server.adminUrl(building), { max: 1, onnotice: () => undefined });
  try {
    await inside.unsafe(server.databaseSql);
  } finally {
    await inside.end();
  }
  await migrateDatabase(server.ownerUrl(building), path.join(root, "drizzle"));
  await admin.unsafe(`alter database ${building} rename to ${name}`);
}

/** Test databases carry the process that made them: `t_<pid>_…`. */
async function dropLeftovers(admin: postgres.Sql, found: { datname: string }[], current: string): Promise<void> {
  const stale = found.filter(({ datname }) => {
    const pid = /^t_(\d+)_/.exec(datname)?.[1];
    return pid ? !isAlive(Number(pid)) : datname.startsWith("template_") && !datname.startsWith(current);
  });
  for (const { datname } of stale) await admin.unsafe(`drop database if exists ${datname} with (force)`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
