import { writeFileSync } from "node:fs";
import path from "node:path";
import { serverEnv } from "@/scripts/lib/pg-binaries.mjs";
import { ensureBinaries, ROOT } from "@/scripts/lib/pg-home.mjs";
import { run } from "@/scripts/lib/proc.mjs";
import { serverAccount } from "@/scripts/lib/run-as.mjs";

/** As many rows as the biggest group commit. */
const ROWS_A_COMMIT = 5_000;
const CONNECTIONS = 2;

type Psql = (...args: string[]) => Promise<string>;

/**
 * The raw limit of the database: rows of the history written again by COPY, durable, into a table with the same columns
 * and index, on as many connections and in commits as big as the GPS path's.
 * @param url - of the role that owns the schema
 * @param options.dir - for its files
 * @returns rows a second
 */
export async function copyLimit(url: string, options: { rows: number; dir: string }): Promise<number> {
  const psql = await psqlAt(url, options.dir);
  await psql("-c", "create table bench_copy (like position_history including all)");
  const query = `select * from position_history order by received_at limit ${Math.floor(options.rows)}`;
  const lines = (await psql("-c", `copy (${query}) to stdout`)).trimEnd().split("\n");
  const scripts = Array.from({ length: CONNECTIONS }, (_, n) => path.join(options.dir, `copy-${n}.sql`));
  for (const [n, file] of scripts.entries()) writeFileSync(file, copies(lines, n), { mode: 0o600 });
  const startedAt = performance.now();
  await Promise.all(scripts.map((file) => psql("-f", file)));
  const seconds = (performance.now() - startedAt) / 1000;
  const copied = Number(await psql("-c", "select count(*) from bench_copy"));
  if (copied !== lines.length) throw new Error(`COPY wrote ${copied} of ${lines.length} rows`);
  await psql("-c", "drop table bench_copy");
  return lines.length / seconds;
}

/** A script with every second commit's rows, each COPY a transaction of its own. */
function copies(lines: readonly string[], first: number): string {
  const parts: string[] = [];
  for (let from = first * ROWS_A_COMMIT; from < lines.length; from += CONNECTIONS * ROWS_A_COMMIT) {
    const rows = lines.slice(from, from + ROWS_A_COMMIT);
    parts.push(`copy bench_copy from stdin;\n${rows.join("\n")}\n\\.\n`);
  }
  return parts.join("");
}

async function psqlAt(url: string, dir: string): Promise<Psql> {
  const pg = await ensureBinaries({ account: serverAccount() });
  const { hostname, port, username, password, pathname } = new URL(url);
  const env = { ...serverEnv(pg, dir), PGPASSWORD: password };
  const server = ["-h", hostname, "-p", port, "-U", username, "-d", pathname.slice(1)];
  return async (...args) => {
    const options = ["-X", "-Atq", "-v", "ON_ERROR_STOP=1", ...server, ...args];
    return (await run(path.join(pg.bin, "psql"), options, { env, cwd: ROOT })).stdout;
  };
}
