import path from "node:path";
import { parseArgs } from "node:util";
import { restore } from "./backup-files";

/** `npm run db:restore -- --from FILE`: a backup into the empty database of DATABASE_OWNER_URL. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: "string" } } });
  const url = process.env.DATABASE_OWNER_URL;
  if (!url) throw new Error("DATABASE_OWNER_URL is not set: the connection of the role that owns the schema");
  if (!values.from) throw new Error("say where from: npm run db:restore -- --from FILE");
  const started = performance.now();
  const { takenAt, rows } = await restore(url, path.resolve(values.from));
  const took = ((performance.now() - started) / 1_000).toFixed(1);
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  console.log(`${total} rows as of ${takenAt}, counted again, in ${took} s. Now: npm run db:migrate`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
