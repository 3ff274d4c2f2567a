import { writeFileSync } from "node:fs";
import path from "node:path";
import { serverEnv } from "@/scripts/lib/pg-binaries.mjs";
import { ensureBinaries, ROOT } from "@/scripts/lib/pg-home.mjs";
import { run } from "@/scripts/lib/proc.mjs";
import { serverAccount } from "@/scripts/lib/run-as.mjs";

/** As many rows as the biggest group commit. */
const ROWS_A_COMMIT = 5_000;
const CONNECTIONS = 2;
const MADE_ON_THE_WAY = path.join(ROOT, "scripts/bench/gps/copy-load.mjs");

type Psql = (...args: string[]) => Promise<string>;

/** Rows a second that the database takes by COPY, durable. */
export type CopyLimit = {
  /** From text made before: nobody reads, judges or makes anything. */
  madeBefore: number;
  /** By a client that makes the rows as it sends them, as the client of the batches makes its fixes. */
  madeOnTheWay: number;
};

/**
 * The raw limit of the database: rows of the history written by COPY into the history itself, its day partitions and its
 * index included, on as many connections and in commits as big as the GPS path's. They are dated a day (from text made
 * before: two days) later, where nothing is yet.
 * @param url - of the role that owns the schema
 * @param options.dir - for its files
 */
export async function copyLimit(url: string, options: { rows: number; dir: string }): Promise<CopyLimit> {
  const psql = await psqlAt(url, options.dir);
  return {
    madeOnTheWay: await madeOnTheWay(psql, url, options),
    madeBefore: await madeBefore(psql, options),
  };
}

const COLUMNS =
  "agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg, device_id";

async function madeBefore(psql: Psql, { rows, dir }: { rows: number; dir: string }): Promise<number> {
  const later = COLUMNS.replace("taken_at", "taken_at + interval '2 days'");
  const query = `select ${later} from position_history order by received_at limit ${Math.floor(rows)}`;
  const lines = (await psql("-c", `copy (${query}) to stdout`)).trimEnd().split("\n");
  const scripts = Array.from({ length: CONNECTIONS }, (_, n) => path.join(dir, `copy-${n}.sql`));
  for (const [n, file] of scripts.entries()) writeFileSync(file, copies(lines, n), { mode: 0o600 });
  const startedAt = performance.now();
  await Promise.all(scripts.map((file) => psql("-f", file)));
  return lines.length / ((performance.now() - startedAt) / 1000);
}

async function madeOnTheWay(psql: Psql, url: string, { rows, dir }: { rows: number; dir: string }): Promise<number> {
  const sources = path.join(dir, "copy-sources");
  writeFileSync(sources, await psql("-c", "copy (select agency_id, vehicle_id, id from devices) to stdout"));
  const options = { url, source: sources, rows, "rows-a-commit": ROWS_A_COMMIT, connections: CONNECTIONS };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { stdout } = await run(process.execPath, [MADE_ON_THE_WAY, ...args], { cwd: ROOT });
  return (JSON.parse(stdout) as { rowsPerS: number }).rowsPerS;
}

/** A script with every second commit's rows, each COPY a transaction of its own. */
function copies(lines: readonly string[], first: number): string {
  const parts: string[] = [];
  for (let from = first * ROWS_A_COMMIT; from < lines.length; from += CONNECTIONS * ROWS_A_COMMIT) {
    const rows = lines.slice(from, from + ROWS_A_COMMIT);
    parts.push(`copy position_history (${COLUMNS}) from stdin;\n${rows.join("\n")}\n\\.\n`);
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
