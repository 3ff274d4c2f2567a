import { once } from "node:events";
import postgres from "postgres";

/** As many rows as the biggest group commit. */
const ROWS_A_COMMIT = 5_000;
const CONNECTIONS = 2;

/**
 * The raw limit of the database: rows of the history written again by COPY, durable, into a table with the same columns
 * and index, on as many connections and in commits as big as the GPS path's.
 * @param url - of the role that owns the schema
 * @returns rows a second
 */
export async function copyLimit(url: string, rows: number): Promise<number> {
  const sql = postgres(url, { max: CONNECTIONS, onnotice: () => undefined });
  try {
    await sql`create table bench_copy (like position_history including all)`;
    const lines = await copyOut(sql, rows);
    const commits: string[] = [];
    for (let from = 0; from < lines.length; from += ROWS_A_COMMIT) {
      commits.push(`${lines.slice(from, from + ROWS_A_COMMIT).join("\n")}\n`);
    }
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => copyIn(sql, commits, n)));
    const seconds = (performance.now() - startedAt) / 1000;
    await sql`drop table bench_copy`;
    return lines.length / seconds;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function copyOut(sql: postgres.Sql, rows: number): Promise<string[]> {
  const from = await sql
    .unsafe(`copy (select * from position_history order by received_at limit ${Math.floor(rows)}) to stdout`)
    .readable();
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8").trimEnd().split("\n");
}

async function copyIn(sql: postgres.Sql, commits: readonly string[], first: number): Promise<void> {
  for (let i = first; i < commits.length; i += CONNECTIONS) {
    const into = await sql`copy bench_copy from stdin`.writable();
    into.end(commits[i]);
    await once(into, "finish");
  }
}
