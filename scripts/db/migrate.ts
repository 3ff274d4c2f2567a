import path from "node:path";
import { migrateDatabase } from "@/db/migrate";

/** `npm run db:migrate`: brings the database of DATABASE_OWNER_URL up to this version of the schema. */
async function main(): Promise<void> {
  const url = process.env.DATABASE_OWNER_URL;
  if (!url) throw new Error("DATABASE_OWNER_URL is not set: the connection of the role that owns the schema");
  const applied = await migrateDatabase(url, path.resolve(process.env.MIGRATIONS_DIR ?? "drizzle"));
  for (const name of applied) console.log(`applied ${name}`);
  console.log(applied.length === 0 ? "the schema is up to date" : `${applied.length} migrations applied`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
