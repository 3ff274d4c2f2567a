import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pointSql } from "@/db/types";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { uuidArray } from "./array-literal";

/** `sure`: every word was found as it was typed; otherwise the name only looks like it. */
export type StreetFound = {
  id: string;
  name: string;
  place: string | null;
  zip: string | null;
  lon: number;
  lat: number;
  sure: boolean;
};
export type StreetWanted = { prefixes: string; spellings: string; likeness: string; limit: number };

/** Streets of the transaction's agency that answer a search: by word beginnings, else by spelling, else by likeness. */
export const findStreets = async (
  tx: Tx,
  { prefixes, spellings, likeness, limit }: StreetWanted,
): Promise<StreetFound[]> => [
  ...(await tx.execute<StreetFound>(sql`select * from find_streets(${prefixes}, ${spellings}, ${likeness}, ${limit})`)),
];

export type Neighbours = {
  streetId: string;
  number: number;
  lon: number;
  lat: number;
  zip: string | null;
  isBelow: boolean;
};

/** For each street the house at or below a number and the one at or above it, on that number's side of the street. */
export const housesAround = async (
  tx: Tx,
  agencyId: string,
  streetIds: readonly string[],
  houseNumber: number,
): Promise<Neighbours[]> => {
  const side = (isBelow: boolean) => sql`
    (select a.street_id as "streetId", a.house_number as number, a.zip, ST_X(a.location) as lon, ST_Y(a.location) as lat, ${isBelow}::boolean as "isBelow"
     from addresses a where a.agency_id = ${agencyId}::uuid and a.street_id = w.id and a.house_number % 2 = ${houseNumber % 2}::int
       and ${isBelow ? sql`a.house_number <= ${houseNumber}::int order by a.house_number desc` : sql`a.house_number >= ${houseNumber}::int order by a.house_number`}
     limit 1)`;
  return [
    ...(await tx.execute<Neighbours>(sql`
      select h.* from unnest(${uuidArray(streetIds)}::uuid[]) as w (id),
        lateral (${side(true)} union all ${side(false)}) as h`)),
  ];
};

export type Crossing = { streetId: string; otherStreetId: string; lon: number; lat: number };

/** Where any of these streets meets any of those. */
export const crossingsOf = async (
  tx: Tx,
  agencyId: string,
  these: readonly string[],
  those: readonly string[],
): Promise<Crossing[]> => [
  ...(await tx.execute<Crossing>(sql`
    select c.street_id as "streetId", c.other_street_id as "otherStreetId", ST_X(c.location) as lon, ST_Y(c.location) as lat
    from street_crossings c where c.agency_id = ${agencyId}::uuid
      and c.street_id = any(${uuidArray(these)}::uuid[]) and c.other_street_id = any(${uuidArray(those)}::uuid[])
    order by c.id limit 20`)),
];

export type FacilityFound = {
  id: string;
  name: string;
  kind: string;
  address: string;
  zip: string | null;
  lon: number;
  lat: number;
  likeness: number;
};

/** Facilities in use whose name or address holds the beginnings of all words, or looks like the text. */
export const findFacilities = async (
  tx: Tx,
  agencyId: string,
  text: string,
  limit: number,
): Promise<FacilityFound[]> => {
  const words = text.split(" ").filter((word) => word !== "");
  const all = words.map((word) => sql`position(${` ${word}`} in ' ' || f.search) > 0`);
  return [
    ...(await tx.execute<FacilityFound>(sql`
      select f.id, f.name, f.kind, f.address, f.zip, ST_X(f.location) as lon, ST_Y(f.location) as lat,
        case when ${sql.join(all, sql` and `)} then 1 else word_similarity(${text}, f.search) end::float8 as likeness
      from facilities f where f.agency_id = ${agencyId}::uuid and f.deactivated_at is null
        and ((${sql.join(all, sql` and `)}) or word_similarity(${text}, f.search) > 0.55)
      order by likeness desc, length(f.name), f.name limit ${limit}`)),
  ];
};

export type AddressFound = {
  houseNumber: number;
  street: string;
  place: string | null;
  zip: string | null;
  lon: number;
  lat: number;
  distanceM: number;
};

/** The address nearest to a point, undefined when the agency has none. */
export const nearestAddressRow = async (tx: Tx, agencyId: string, at: LngLat): Promise<AddressFound | undefined> => {
  const point = pointSql(at);
  const rows = await tx.execute<AddressFound>(sql`
    select n.house_number as "houseNumber", s.name as street, s.place, n.zip, ST_X(n.location) as lon, ST_Y(n.location) as lat, n.m as "distanceM"
    from (select a.street_id, a.house_number, a.zip, a.location, a.location::geography <-> ${point}::geography as m
      from addresses a where a.agency_id = ${agencyId}::uuid
      order by a.location::geography <-> ${point}::geography limit 1) n
    join streets s on s.agency_id = ${agencyId}::uuid and s.id = n.street_id`);
  return rows[0];
};
