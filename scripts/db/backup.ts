import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { backUp } from "./backup-files";

/** `npm run db:backup -- --out FILE`: the database of DATABASE_OWNER_URL into one file, its manifest beside it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const url = process.env.DATABASE_OWNER_URL;
  if (!url) throw new Error("DATABASE_OWNER_URL is not set: the connection of the role that owns the schema");
  if (!values.out) throw new Error("say where to: npm run db:backup -- --out FILE");
  const file = path.resolve(values.out);
  mkdirSync(path.dirname(file), { recursive: true });
  const started = performance.now();
  const { rows } = await backUp(url, file, new Date());
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  console.log(`${total} rows of ${Object.keys(rows).length} tables in ${seconds(started)} s: ${file}`);
  console.log("Patient data in it is encrypted: it is worth nothing without PHI_KEYS. Keep them apart from it.");
}

const seconds = (started: number) => ((performance.now() - started) / 1_000).toFixed(1);

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
