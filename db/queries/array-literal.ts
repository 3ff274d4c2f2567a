import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * PostgreSQL array literals of values that need no quoting (ids, numbers, booleans): cheaper than letting the driver
 * escape every element of a batch.
 */
const literal = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? "null").join(",")}}`;

/** Ids and nulls: no character that an array or a string would read as its own. */
const UUIDS = /^\{[0-9a-fnul,-]*\}$/i;

/** @throws Error when a value cannot be a UUID, since nothing is escaped; the database looks closer */
export function uuidArray(ids: readonly (string | null)[]): string {
  const text = literal(ids);
  if (!UUIDS.test(text)) throw new Error("not a UUID");
  return text;
}

export const numberArray = (values: readonly (number | null)[]): string => literal(values);
export const booleanArray = (values: readonly (boolean | null)[]): string => literal(values);
export const momentArray = (values: readonly Date[]): string => literal(values.map((value) => value.getTime()));

/** Is the column one of these ids? One statement however many there are, where a list would be another for each number. */
export const isAmong = (column: PgColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${uuidArray(ids)}::uuid[])`;
