import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency } from "@/db/testing/factories";
import { inventCounty } from "@/scripts/county/county";
import { type CountyFiles, countyFiles } from "@/scripts/county/files";
import { DEFAULT_SEED, writePlaces } from "@/scripts/county/generate";
import { demoFacilities, ensureCountyPlaces, ensureFewPlaces, someHomes } from "./demo-places";

const database = useTestDatabase();
/** The middle of the demo county: everything is there, only less of it. */
const RADIUS_M = 1_200;
let dir: string;
let files: CountyFiles;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "county-seed-"));
  const county = inventCounty(DEFAULT_SEED, { countyM: RADIUS_M, outerM: RADIUS_M * 1.95 });
  files = countyFiles(county, RADIUS_M);
  await writePlaces(dir, county.graph, files);
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

const TABLES = ["streets", "addresses", "street_crossings", "facilities", "bases"] as const;

/** Rows of an agency in each table that the county fills. */
async function countsOf(agencyId: string): Promise<Record<(typeof TABLES)[number], number>> {
  const counted = TABLES.map(async (table) => {
    const [row] = await database.owner.execute<{ rows: number }>(
      sql`select count(*)::int as rows from ${sql.identifier(table)} where agency_id = ${agencyId}::uuid`,
    );
    return [table, row?.rows] as const;
  });
  return Object.fromEntries(await Promise.all(counted)) as Record<(typeof TABLES)[number], number>;
}

test("every address, facility and base of the county's files is seeded, once, and every street has a name and meets another", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  await ensureCountyPlaces(database.owner, agencyId, dir);
  const counts = await countsOf(agencyId);
  const streets = new Set(files.addresses.trim().split("\n").map(streetOf));
  expect(counts.addresses).toBe(files.info.counts.addresses);
  // One more than the files hold: the facility whose name no column was made for.
  expect(counts).toMatchObject({ facilities: files.facilities.length + 1, bases: files.bases.length });
  expect(counts.streets).toBeGreaterThanOrEqual(streets.size);
  expect(counts.street_crossings).toBeGreaterThan(counts.streets);

  await ensureCountyPlaces(database.owner, agencyId, dir);
  expect(await countsOf(agencyId)).toEqual(counts);
});

test("an address is on its own street and in its place, and the demo finds homes and facilities to drive between", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  await ensureCountyPlaces(database.owner, agencyId, dir);
  const homeless = await database.owner.execute(
    sql`select a.house_number, s.name from addresses a join streets s on s.agency_id = a.agency_id and s.id = a.street_id
      where a.agency_id = ${agencyId}::uuid and (a.zip <> s.zip or s.place = '' or not ST_DWithin(a.location::geography, s.location::geography, 5000))`,
  );
  expect([...homeless]).toEqual([]);
  const homes = await someHomes(database.owner, agencyId);
  expect(homes.length).toBeGreaterThan(10);
  expect(homes.every(({ address }) => /^\d+ .+, .+, IL \d{5}$/.test(address))).toBe(true);
  expect(await demoFacilities(database.owner, agencyId)).toHaveLength(files.facilities.length + 1);
});

test("an agency of one corner gets a few places and no streets", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  await ensureFewPlaces(database.owner, agencyId, dir);
  const few = { facilities: Math.min(8, files.facilities.length), bases: Math.min(2, files.bases.length) };
  expect(await countsOf(agencyId)).toEqual({ streets: 0, addresses: 0, street_crossings: 0, ...few });
});

const streetOf = (line: string) => {
  const { street, zip } = JSON.parse(line) as { street: string; zip: string };
  return `${street}|${zip}`;
};
