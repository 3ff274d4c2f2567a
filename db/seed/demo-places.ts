import { readFile } from "node:fs/promises";
import path from "node:path";
import { count, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { bases, facilities, streets } from "@/db/schema";
import type { Db } from "@/db/types";
import type { BaseRow, FacilityRow } from "@/scripts/county/files";
import type { Facility } from "@/server/domain/fleet/facility";
import { searchText } from "@/server/domain/fleet/search-text";
import { seedCounty } from "./county";

/** Where somebody of the demo lives. */
export type Home = { address: string; zip: string; lat: number; lon: number };

/** A name that no column was made for. */
const LONG_NAME =
  "Marlow County Regional Rehabilitation, Transitional Care and Outpatient Infusion Center at Bramble Hollow (East Pavilion)";

/** Streets, houses, facilities and bases of the county, unless the agency has them. */
export async function ensureCountyPlaces(db: Db, agencyId: string, dir: string): Promise<void> {
  const [row] = await db.select({ rows: count() }).from(streets).where(eq(streets.agencyId, agencyId));
  if (row && row.rows > 0) return;
  await db.transaction(async (tx) => {
    await seedCounty(tx, agencyId, dir);
    await tx.insert(facilities).values({
      agencyId,
      id: v7(),
      name: LONG_NAME,
      search: searchText(LONG_NAME),
      kind: "rehab",
      address: "4400 Bramble Hollow Dr, Harrow Glen, IL 61730",
      zip: "61730",
      modifier: "E",
      status: "limited",
      statusReason: "East entrance closed, use the ramp on the north side",
      location: { lng: -89.5071, lat: 40.6982 },
    });
  });
}

/** A few bases and facilities of the county, for an agency that works in one corner of it. */
export async function ensureFewPlaces(db: Db, agencyId: string, dir: string): Promise<void> {
  const [row] = await db.select({ rows: count() }).from(bases).where(eq(bases.agencyId, agencyId));
  if (row && row.rows > 0) return;
  const read = async <T>(name: string) => JSON.parse(await readFile(path.join(dir, name), "utf8")) as T[];
  const stations = (await read<BaseRow>("bases.json")).slice(-2);
  const institutions = (await read<FacilityRow>("facilities.json")).slice(0, 8);
  const at = ({ lon, lat }: { lon: number; lat: number }) => ({ lng: lon, lat });
  await db
    .insert(bases)
    .values(
      stations.map((base) => ({ agencyId, id: v7(), name: base.name, address: base.address, location: at(base) })),
    );
  await db.insert(facilities).values(
    institutions.map(({ name, kind, address, zip, modifier, ...point }) => {
      const search = searchText(`${name} ${address}`);
      return { agencyId, id: v7(), name, search, kind, address, zip, modifier, location: at(point) };
    }),
  );
}

/** Houses all over the county, the same ones each time. */
export async function someHomes(db: Db, agencyId: string): Promise<Home[]> {
  const rows = await db.execute<{
    number: number;
    street: string;
    place: string;
    zip: string;
    lat: number;
    lon: number;
  }>(
    sql`select a.house_number as number, s.name as street, s.place, a.zip, ST_Y(a.location) as lat, ST_X(a.location) as lon
      from addresses a join streets s on s.agency_id = a.agency_id and s.id = a.street_id
      where a.agency_id = ${agencyId}::uuid and a.house_number % 97 = 13 order by md5(a.house_number::text || s.name) limit 300`,
  );
  return rows.map(({ number, street, place, zip, lat, lon }) => ({
    address: `${number} ${street}, ${place}, IL ${zip}`,
    zip,
    lat,
    lon,
  }));
}

export type DemoFacility = Pick<Facility, "id" | "name" | "kind">;
export const demoFacilities = (db: Db, agencyId: string): Promise<DemoFacility[]> =>
  db
    .select({ id: facilities.id, name: facilities.name, kind: facilities.kind })
    .from(facilities)
    .where(eq(facilities.agencyId, agencyId))
    .orderBy(facilities.name);
