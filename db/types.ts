import { type SQL, sql } from "drizzle-orm";
import { customType } from "drizzle-orm/pg-core";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type * as schema from "./schema";

export type Db = PostgresJsDatabase<typeof schema> & { $client: import("postgres").Sql };
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Reads a point out of hex EWKB, as PostGIS sends a geometry column. Little and big endian, with or without SRID. */
export function readEwkbPoint(hex: string): LngLat {
  const bytes = Buffer.from(hex, "hex");
  const little = bytes.readUInt8(0) === 1;
  const type = little ? bytes.readUInt32LE(1) : bytes.readUInt32BE(1);
  const offset = type & 0x20000000 ? 9 : 5;
  const readDouble = (at: number) => (little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at));
  return { lng: readDouble(offset), lat: readDouble(offset + 8) };
}

/**
 * `geometry(Point,4326)`. drizzle-kit quotes a geography type with arguments into invalid SQL and drops the SRID of its
 * own geometry type; a custom type is emitted as it stands.
 */
export const point = customType<{ data: LngLat; driverData: string }>({
  dataType: () => "geometry(Point,4326)",
  toDriver: ({ lng, lat }) => `SRID=4326;POINT(${lng} ${lat})`,
  fromDriver: readEwkbPoint,
});

/** A point as an SQL geometry expression, for comparisons with a `point` column. */
export const pointSql = ({ lng, lat }: LngLat): SQL => sql`ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326)`;
