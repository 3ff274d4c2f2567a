import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { z } from "zod";
import { serverEnv } from "@/scripts/lib/pg-binaries.mjs";
import { ensureBinaries } from "@/scripts/lib/pg-home.mjs";
import { run } from "@/scripts/lib/proc.mjs";
import { serverAccount } from "@/scripts/lib/run-as.mjs";

/** What lies beside a dump: enough to tell whether it is whole, and whether a restored database is the same. */
const Manifest = z.object({
  takenAt: z.iso.datetime(),
  server: z.string(),
  sha256: z.string(),
  /** Rows per table, partitions counted with their parent. */
  rows: z.record(z.string(), z.number().int()),
});
export type Manifest = z.output<typeof Manifest>;

/** PostGIS fills this table of its own accord, and may not be handed rows for it. */
const PUBLIC_DATA = "--exclude-table-data=public.spatial_ref_sys";
const manifestOf = (file: string) => `${file}.json`;

/**
 * Dumps the database of a URL into one compressed file. What a table holds is counted in the snapshot that is dumped.
 * Until it is whole it has another name, so that a file of this name is always a whole backup.
 * @param url - the role that owns the schema
 * @throws Error when the file is there, or PostgreSQL's programs are not
 */
export async function backUp(url: string, file: string, now: Date): Promise<Manifest> {
  if (existsSync(file)) throw new Error(`${file} is there already`);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const half = `${file}.half`;
  try {
    return await sql.begin("isolation level repeatable read read only", async (tx) => {
      const [snapshot] = await tx<{ id: string; server: string }[]>`
        select pg_export_snapshot() as id, current_setting('server_version') as server`;
      if (!snapshot) throw new Error("no snapshot");
      const rows = await countRows(tx);
      await postgresTool(url, "pg_dump", [
        "--format=custom",
        `--snapshot=${snapshot.id}`,
        PUBLIC_DATA,
        `--file=${half}`,
      ]);
      const manifest = { takenAt: now.toISOString(), server: snapshot.server, sha256: await sha256(half), rows };
      writeFileSync(manifestOf(file), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
      renameSync(half, file);
      return manifest;
    });
  } finally {
    rmSync(half, { force: true });
    await sql.end({ timeout: 5 });
  }
}

/**
 * Puts a backup into an empty database that `npm run db:roles` has made, in one transaction, and counts what came.
 * @param url - the role that owns the schema
 * @throws Error when the file is damaged, the database is not empty, or a table has other rows than the backup said
 */
export async function restore(url: string, file: string): Promise<Manifest> {
  const manifest = Manifest.parse(JSON.parse(readFileSync(manifestOf(file), "utf8")));
  if ((await sha256(file)) !== manifest.sha256)
    throw new Error(`${file} is damaged: its checksum is not that of the backup`);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const list = `${file}.list`;
  try {
    const found = Object.keys(await countRows(sql));
    if (found.length > 0) throw new Error(`the database is not empty: it has ${found.length} tables`);
    const { stdout } = await postgresTool(url, "pg_restore", ["--list", file]);
    // Extensions belong to the superuser, and `db:roles` has made them.
    const wanted = stdout
      .split("\n")
      .filter((line) => !/ (COMMENT - )?(EXTENSION|SCHEMA) (- )?\S+/.test(line) || / SCHEMA - (?!public)/.test(line));
    writeFileSync(list, wanted.join("\n"), { mode: 0o600 });
    await postgresTool(url, "pg_restore", [
      "--single-transaction",
      "--exit-on-error",
      `--use-list=${list}`,
      `--dbname=${nameOf(url)}`,
      file,
    ]);
    const rows = await countRows(sql);
    const wrong = Object.keys({ ...manifest.rows, ...rows }).filter((table) => rows[table] !== manifest.rows[table]);
    if (wrong.length > 0) throw new Error(`other rows than the backup has: ${wrong.join(", ")}`);
    return manifest;
  } finally {
    rmSync(list, { force: true });
    await sql.end({ timeout: 5 });
  }
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** A program of PostgreSQL, the newest at hand, connected by environment: nothing secret on a command line. */
async function postgresTool(url: string, program: string, args: string[]) {
  const pg = await ensureBinaries({ account: serverAccount() });
  const { hostname, port, username, password } = new URL(url);
  const env = {
    ...process.env,
    ...(pg.prefix ? serverEnv(pg, path.join(pg.prefix, "run")) : {}),
    PGHOST: hostname,
    PGPORT: port || "5432",
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: nameOf(url),
  };
  return run(path.join(pg.bin, program), args, { env });
}

/** Rows of each table of ours, in one pass each. */
async function countRows(sql: postgres.ISql): Promise<Record<string, number>> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'pgboss', 'drizzle')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1, 2`;
  const counts: [string, number][] = [];
  for (const { schema, name } of tables) {
    const [row] = await sql<{ rows: string }[]>`select count(*) as rows from ${sql(schema)}.${sql(name)}`;
    counts.push([`${schema}.${name}`, Number(row?.rows ?? 0)]);
  }
  return Object.fromEntries(counts);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
