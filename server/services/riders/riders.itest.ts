import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { auditLog, riderPairs, riders } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { auditOf } from "@/db/testing/dispatch";
import { anAgency, aUser, systemCtx, testCtx } from "@/db/testing/factories";
import { createRider } from "./create-rider";
import { editRider } from "./edit-rider";
import { getRider } from "./get-rider";
import { sealHomes } from "./seal-homes";
import { searchRiders } from "./search-riders";

const database = useTestDatabase();
const aDispatcher = async () => testCtx(database.db, await aUser(database.owner, (await anAgency(database.owner)).id));
const search = (ctx: Awaited<ReturnType<typeof aDispatcher>>, q: string) => searchRiders(ctx, { q, limit: 8 });

test("a rider is found by the beginning of a name or a whole phone number, and stored unreadable", async () => {
  const ctx = await aDispatcher();
  const made = await createRider(ctx, {
    name: "Zebediah Quillmarker",
    phone: "(309) 555-0142",
    address: "12 Hidden Ln",
  });
  for (const q of ["zeb", "Quill zebed", "309 555 0142"]) {
    expect(await search(ctx, q)).toMatchObject([{ id: made.id, name: "Zebediah Quillmarker" }]);
  }
  expect(await search(ctx, "555")).toEqual([]);
  const stored = await database.owner.select().from(riders).where(eq(riders.id, made.id));
  expect(JSON.stringify(stored)).not.toMatch(/Zebediah|Quillmarker|0142|Hidden/);
});

test("what was looked at is audited without a name", async () => {
  const ctx = await aDispatcher();
  const made = await createRider(ctx, { name: "Yolanda Marker" });
  await search(ctx, "yolanda");
  await getRider(ctx, { id: made.id });
  const rows = await database.owner.select().from(auditLog).where(eq(auditLog.agencyId, ctx.actor.agencyId));
  expect(rows.map((row) => row.action)).toEqual(["rider.create", "rider.read", "rider.read"]);
  expect(JSON.stringify(rows)).not.toContain("Yolanda");
});

test("an edit keeps what it does not name; a stale one gets the row as it is", async () => {
  const ctx = await aDispatcher();
  const made = await createRider(ctx, { name: "Ann Example", phone: "3095550100" });
  const edited = await editRider(ctx, { id: made.id, version: made.version, phone: null });
  expect(edited).toMatchObject({ name: "Ann Example", phone: null, version: 2 });
  const stale = editRider(ctx, { id: made.id, version: 1, name: "Other" });
  await expect(stale).rejects.toMatchObject({ code: "conflict", reasons: [{ current: { version: 2 } }] });
});

test("another agency finds nothing", async () => {
  const ctx = await aDispatcher();
  const made = await createRider(ctx, { name: "Private Person" });
  const stranger = await aDispatcher();
  expect(await search(stranger, "private")).toEqual([]);
  await expect(getRider(stranger, { id: made.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(editRider(stranger, { id: made.id, version: 1, name: "X" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("where a rider lives is given back as it came, stored unreadable, and forgotten when it is taken away", async () => {
  const ctx = await aDispatcher();
  const home = { homeLat: 40.61234, homeLon: -89.41234, homeZip: "61571" };
  const made = await createRider(ctx, { name: "Homer Dweller", ...home });
  expect(await getRider(ctx, { id: made.id })).toMatchObject(home);
  expect(await storedText(made.id)).not.toMatch(/40\.61|89\.41|61571/);
  const cleared = await editRider(ctx, { id: made.id, version: made.version, homeLat: null, homeZip: null });
  expect(cleared).toMatchObject({ homeLat: null, homeLon: null, homeZip: null });
});

test("a home that an earlier version stored in the clear is sealed by the clean-up, once and audited", async () => {
  const ctx = await aDispatcher();
  const [made, other] = [await createRider(ctx, { name: "Early Rider" }), await createRider(ctx, { name: "No Home" })];
  const early = { homeLocation: { lat: 40.71234, lng: -89.51234 }, homeZip: "61572" };
  await database.owner.update(riders).set(early).where(eq(riders.id, made.id));
  const job = systemCtx(database.db, ctx.actor.agencyId);
  expect([await sealHomes(job), await sealHomes(job)]).toEqual([1, 0]);
  expect(await storedText(made.id)).not.toMatch(/40\.71|89\.51|61572|0101000020/);
  const home = { homeLat: 40.71234, homeLon: -89.51234, homeZip: "61572" };
  expect(await getRider(ctx, { id: made.id })).toMatchObject({ ...home, version: made.version });
  expect(await auditOf(database, made.id)).toEqual(["rider.create", "rider.seal", "rider.read"]);
  expect(await auditOf(database, other.id)).toEqual(["rider.create"]);
});

/** The rider's row as the database holds it. */
const storedText = async (id: string) =>
  JSON.stringify(await database.sql`select r::text as row from riders r where id = ${id}`);

test("rules name people and riders of this agency only, and nobody both ways", async () => {
  const ctx = await aDispatcher();
  const { agencyId } = ctx.actor;
  const [driver, other] = [
    await aUser(database.owner, agencyId, ["crew"]),
    await createRider(ctx, { name: "Other One" }),
  ];
  const foreign = await createRider(await aDispatcher(), { name: "Foreign One" });
  const rules = { preferredCrew: [driver.id], mostAboard: 2, maxRideMinutes: 40 };
  const made = await createRider(ctx, { name: "Ann", ...rules, pairs: [{ riderId: other.id, rule: "apart" }] });
  expect(await getRider(ctx, { id: made.id })).toMatchObject({
    ...rules,
    pairs: [{ riderId: other.id, rule: "apart" }],
  });
  expect(await getRider(ctx, { id: other.id })).toMatchObject({ pairs: [{ riderId: made.id, name: "Ann" }] });
  const refuse = (fields: object) => editRider(ctx, { id: made.id, version: made.version, ...fields });
  await expect(refuse({ refusedCrew: [driver.id] })).rejects.toMatchObject({ reasons: [{ code: "refused_too" }] });
  await expect(refuse({ refusedCrew: [foreign.id] })).rejects.toMatchObject({
    reasons: [{ path: "refusedCrew.0", code: "unknown" }],
  });
  for (const riderId of [foreign.id, made.id])
    await expect(refuse({ pairs: [{ riderId, rule: "apart" }] })).rejects.toMatchObject({
      reasons: [{ path: "pairs.0.riderId", code: "unknown" }],
    });
  const stranger = await aDispatcher();
  expect(await database.db.transaction((tx) => seenPairs(tx, stranger.actor.agencyId))).toBe(0);
  expect(await database.db.transaction((tx) => seenPairs(tx, agencyId))).toBe(1);
});

/** Pairs that the app role sees when it acts for an agency. */
async function seenPairs(tx: Tx, agencyId: string): Promise<number> {
  await tx.execute(sql`select set_config('app.agency_id', ${agencyId}, true)`);
  return (await tx.select().from(riderPairs)).length;
}
