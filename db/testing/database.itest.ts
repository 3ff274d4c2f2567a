import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { useTestDatabase } from "./database";

const database = useTestDatabase();

test("the product's connection is neither superuser nor owner, and walls apply to it", async () => {
  const rows = await database.db.execute(sql`
    select current_user as name, rolsuper or rolbypassrls as "aboveWalls",
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`);
  expect(rows[0]).toEqual({ name: "runboard_app", aboveWalls: false, owned: 0 });
});

test("the ingest role is taken for one transaction and never inherited", async () => {
  const taken = await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local role runboard_ingest`);
    return tx.execute(sql`select current_user as name`);
  });
  expect(taken[0]).toEqual({ name: "runboard_ingest" });
  const [after] = await database.db.execute(sql`
    select current_user as name, pg_has_role('runboard_app', 'runboard_ingest', 'usage') as inherited`);
  expect(after).toEqual({ name: "runboard_app", inherited: false });
});

test("PostGIS measures in metres", async () => {
  const [row] = await database.sql`
    select ST_Distance(ST_MakePoint(0, 0)::geography, ST_MakePoint(0, 1)::geography)::int as metres`;
  expect(row?.metres).toBe(110_574);
});
