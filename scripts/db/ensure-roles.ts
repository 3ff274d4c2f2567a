import postgres from "postgres";
import { databaseSql, rolesSql } from "@/scripts/lib/roles.mjs";

/** `npm run db:roles`: makes the roles and the database of a new installation, as a superuser; may run again. */
async function main(): Promise<void> {
  const admin = connection("DATABASE_ADMIN_URL");
  const owner = connection("DATABASE_OWNER_URL");
  const app = connection("DATABASE_URL");
  for (const [url, user] of [
    [owner, "runboard_owner"],
    [app, "runboard_app"],
  ] as const) {
    if (url.username !== user) throw new Error(`the user of that connection must be ${user}, not ${url.username}`);
  }
  const passwords = { owner: decodeURIComponent(owner.password), app: decodeURIComponent(app.password) };
  const name = app.pathname.slice(1);
  await inside(admin.href, async (sql) => {
    await sql.unsafe(rolesSql(passwords));
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)}`;
    await sql`alter database ${sql(name)} owner to runboard_owner`;
  });
  admin.pathname = app.pathname;
  await inside(admin.href, (sql) => sql.unsafe(databaseSql()));
  console.log(`roles and database ${name} are there`);
}

function connection(variable: string): URL {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set`);
  return new URL(value);
}

async function inside(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
