import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import { v7 } from "uuid";
import { numberArray, uuidArray } from "@/db/queries/array-literal";
import { bases, facilities } from "@/db/schema";
import type { Tx } from "@/db/types";
import type { AddressRow, BaseRow, FacilityRow } from "@/scripts/county/files";
import { searchText } from "@/server/domain/fleet/search-text";
import { streetText } from "@/server/domain/places/address-text";
import { decodeRoadGraph } from "@/server/domain/roads/graph-file";
import { type CountyStreet, countyStreets, streetKey } from "./county-streets";

export type SeededCounty = { streets: number; addresses: number; crossings: number; facilities: number; bases: number };
type Database = Pick<Tx, "execute" | "insert">;
const CHUNK = 20_000;

const lines = async (file: string): Promise<AddressRow[]> => {
  const rows: AddressRow[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
    if (line !== "") rows.push(JSON.parse(line) as AddressRow);
  return rows;
};
const json = async <T>(dir: string, name: string): Promise<T> =>
  JSON.parse(await readFile(path.join(dir, name), "utf8")) as T;

async function inChunks<T>(rows: readonly T[], store: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK) await store(rows.slice(i, i + CHUNK));
}

const points = (rows: readonly { lon: number; lat: number }[]) => ({
  lon: numberArray(rows.map((r) => r.lon)),
  lat: numberArray(rows.map((r) => r.lat)),
});

const insertStreets = (db: Database, agencyId: string, rows: CountyStreet[]) => {
  const { lon, lat } = points(rows);
  const search = rows.map((r) => streetText(`${r.name} ${r.place} ${r.zip}`));
  return db.execute(sql`
    insert into streets (agency_id, id, name, search, place, zip, location)
    select ${agencyId}::uuid, s.id, s.name, s.search, s.place, s.zip, ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326)
    from unnest(${uuidArray(rows.map((r) => r.id))}::uuid[], ${makePgArray(rows.map((r) => r.name))}::text[], ${makePgArray(search)}::text[],
      ${makePgArray(rows.map((r) => r.place))}::text[], ${makePgArray(rows.map((r) => r.zip))}::text[], ${lon}::float8[], ${lat}::float8[])
      as s (id, name, search, place, zip, lon, lat)`);
};

const insertAddresses = (db: Database, agencyId: string, rows: (AddressRow & { streetId: string })[]) => {
  const { lon, lat } = points(rows);
  return db.execute(sql`
    insert into addresses (agency_id, id, street_id, house_number, zip, location)
    select ${agencyId}::uuid, a.id, a.street_id, a.number, lpad(a.zip::text, 5, '0'), ST_SetSRID(ST_MakePoint(a.lon, a.lat), 4326)
    from unnest(${uuidArray(rows.map(() => v7()))}::uuid[], ${uuidArray(rows.map((r) => r.streetId))}::uuid[], ${numberArray(rows.map((r) => r.number))}::int[],
      ${numberArray(rows.map((r) => Number(r.zip)))}::int[], ${lon}::float8[], ${lat}::float8[]) as a (id, street_id, number, zip, lon, lat)`);
};

const insertCrossings = (
  db: Database,
  agencyId: string,
  rows: { street: string; other: string; lon: number; lat: number }[],
) => {
  const { lon, lat } = points(rows);
  return db.execute(sql`
    insert into street_crossings (agency_id, id, street_id, other_street_id, location)
    select ${agencyId}::uuid, c.id, c.street, c.other, ST_SetSRID(ST_MakePoint(c.lon, c.lat), 4326)
    from unnest(${uuidArray(rows.map(() => v7()))}::uuid[], ${uuidArray(rows.map((r) => r.street))}::uuid[], ${uuidArray(rows.map((r) => r.other))}::uuid[],
      ${lon}::float8[], ${lat}::float8[]) as c (id, street, other, lon, lat)`);
};

const insertPlaces = async (db: Database, agencyId: string, dir: string) => {
  const institutions = await json<FacilityRow[]>(dir, "facilities.json");
  const stations = await json<BaseRow[]>(dir, "bases.json");
  const where = ({ lon, lat }: { lon: number; lat: number }) => ({ lng: lon, lat });
  if (institutions.length > 0)
    await db
      .insert(facilities)
      .values(
        institutions.map((f) => ({
          agencyId,
          id: v7(),
          name: f.name,
          search: searchText(`${f.name} ${f.address}`),
          kind: f.kind,
          address: f.address,
          zip: f.zip,
          modifier: f.modifier,
          location: where(f),
        })),
      )
      .onConflictDoNothing();
  if (stations.length > 0)
    await db
      .insert(bases)
      .values(stations.map((b) => ({ agencyId, id: v7(), name: b.name, address: b.address, location: where(b) })))
      .onConflictDoNothing();
  return { facilities: institutions.length, bases: stations.length };
};

/**
 * Loads a generated county into an agency: streets, addresses and crossings anew, facilities and bases where none of
 * that name is. Works as the migrator, and as the app role inside the agency's transaction.
 * @param dir - where `scripts/county/generate.ts` has put its files
 */
export async function seedCounty(db: Database, agencyId: string, dir: string): Promise<SeededCounty> {
  const rows = await lines(path.join(dir, "addresses.ndjson"));
  const graph = decodeRoadGraph(await readFile(path.join(dir, "graph.bin")));
  const { streets, crossings } = countyStreets(graph, rows, v7);
  for (const table of ["addresses", "street_crossings", "streets"])
    await db.execute(sql`delete from ${sql.identifier(table)} where agency_id = ${agencyId}::uuid`);
  const ids = new Map(streets.map((s) => [streetKey(s.name, s.zip), s.id]));
  const numbered = rows.map((row) => ({ ...row, streetId: ids.get(streetKey(row.street, row.zip)) ?? "" }));
  await inChunks(streets, (chunk) => insertStreets(db, agencyId, chunk));
  // On one street after the other, so that a search reads few pages.
  numbered.sort((a, b) => (a.streetId < b.streetId ? -1 : a.streetId > b.streetId ? 1 : a.number - b.number));
  await inChunks(numbered, (chunk) => insertAddresses(db, agencyId, chunk));
  await inChunks(crossings, (chunk) => insertCrossings(db, agencyId, chunk));
  const places = await insertPlaces(db, agencyId, dir);
  return { streets: streets.length, addresses: rows.length, crossings: crossings.length, ...places };
}
