import { expect, test } from "vitest";
import { useTestDatabase } from "./testing/database";

const database = useTestDatabase();
type Row = { name: string; settings: string[]; everybody: boolean; owner: string; app: boolean };

/** Our functions that run with the owner's rights. */
const definers = () =>
  database.sql<Row[]>`
    select p.oid::regprocedure::text as name, coalesce(p.proconfig, '{}') as settings, pg_get_userbyid(p.proowner) as owner,
      has_function_privilege('public', p.oid, 'execute') as everybody,
      has_function_privilege('runboard_app', p.oid, 'execute') as app
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`;

test("every function with its owner's rights pins its search_path, pg_temp last: no temporary table stands in for ours", async () => {
  const rows = await definers();
  expect(rows.length).toBeGreaterThan(15);
  expect(
    rows.filter(({ settings }) => !settings.includes("search_path=public, pg_temp")).map(({ name }) => name),
  ).toEqual([]);
});

test("none of them may be run by everybody, and the app role owns none", async () => {
  const rows = await definers();
  expect(rows.filter(({ everybody }) => everybody).map(({ name }) => name)).toEqual([]);
  expect(rows.filter(({ owner }) => owner === "runboard_app").map(({ name }) => name)).toEqual([]);
  expect(rows.filter(({ app }) => app).map(({ name }) => name)).toContain("all_agency_ids()");
});

test("a temporary table of the caller's does not stand in for the agencies", async () => {
  const seen = await database.db.transaction(async (tx) => {
    await tx.execute("create temporary table agencies (id uuid) on commit drop");
    await tx.execute("insert into agencies values (gen_random_uuid())");
    return tx.execute("select all_agency_ids() as id");
  });
  expect(seen).toHaveLength(0);
});
