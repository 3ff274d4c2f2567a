import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { inAgency } from "./client";
import { trips, users } from "./schema";
import { useTestDatabase } from "./testing/database";
import { anAgency, aTrip, aUser } from "./testing/factories";

const database = useTestDatabase();

describe("the walls between agencies", () => {
  test("every table with an agency has row-level security and a policy, and the app role owns nothing", async () => {
    const rows = await database.sql<{ name: string; secured: boolean; policies: number; owner: string }[]>`
      select c.relname as name, c.relrowsecurity as secured, pg_get_userbyid(c.relowner) as owner,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'agency_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition`;
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter((row) => !row.secured || row.policies === 0).map((row) => row.name)).toEqual([]);
    expect(rows.filter((row) => row.owner === "runboard_app")).toEqual([]);
  });

  test("no partition carries a grant of its own: partitions do not inherit policies", async () => {
    const rows = await database.sql`
      select c.relname from pg_class c where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and (has_table_privilege('runboard_app', c.oid, 'select') or has_table_privilege('runboard_ingest', c.oid, 'insert'))`;
    expect(rows).toEqual([]);
  });

  test("the app role does not inherit what the ingest role may do, and no role that serves is a superuser", async () => {
    const rows = await database.sql<{ name: string; inherits: boolean; super: boolean; bypass: boolean }[]>`
      select rolname as name, rolinherit as inherits, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname like 'runboard\_%'`;
    const app = rows.find((row) => row.name === "runboard_app");
    expect(app).toMatchObject({ inherits: false, super: false, bypass: false });
    expect(rows.filter((row) => row.super && row.name !== "runboard_super")).toEqual([]);
  });

  test("without an agency nothing is seen; with one, only its rows", async () => {
    const [mine, theirs] = [await anAgency(database.owner), await anAgency(database.owner)];
    const trip = await aTrip(database.owner, mine.id);
    await aTrip(database.owner, theirs.id);
    expect(await database.db.select().from(trips)).toEqual([]);
    const seen = await inAgency(database.db, { agencyId: mine.id }, (tx) => tx.select({ id: trips.id }).from(trips));
    expect(seen).toEqual([{ id: trip.id }]);
  });

  test("a row can't be written into another agency", async () => {
    const [mine, theirs] = [await anAgency(database.owner), await anAgency(database.owner)];
    const user = await aUser(database.owner, theirs.id);
    const changed = await inAgency(database.db, { agencyId: mine.id }, (tx) =>
      tx.update(users).set({ name: "x" }).where(sql`id = ${user.id}`).returning(),
    );
    expect(changed).toEqual([]);
    const stolen = inAgency(database.db, { agencyId: mine.id }, (tx) =>
      tx.insert(trips).values({ ...tripValues(theirs.id) }),
    );
    await expect(stolen).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  test("the audit log can be neither changed nor emptied by the app role", async () => {
    for (const statement of ["update audit_log set action = 'x'", "delete from audit_log", "truncate audit_log"]) {
      await expect(database.db.execute(sql.raw(statement))).rejects.toMatchObject({ cause: { code: "42501" } });
    }
  });
});

const tripValues = (agencyId: string) => ({
  agencyId,
  id: crypto.randomUUID(),
  number: "27-000001",
  priority: "urgent" as const,
  level: "bls" as const,
  timing: "asap" as const,
  pickupLocation: { lng: 0, lat: 0 },
  bookedAt: new Date(0),
  requestedAt: new Date(0),
  passengers: { ambulatory: 0, wheelchair: 0, stretcher: 1 },
});
