import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * PostgreSQL array literals of values that need no quoting (ids, numbers, booleans): cheaper than letting the driver
 * escape every element of a batch.
 */
const literal = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? "null").join(",")}}`;

const UUID = /^[0-9a-f-]{36}$/i;

/** @throws Error when a value is no UUID, since nothing is escaped */
export function uuidArray(ids: readonly (string | null)[]): string {
  for (const id of ids) if (id !== null && !UUID.test(id)) throw new Error("not a UUID");
  return literal(ids);
}

export const numberArray = (values: readonly (number | null)[]): string => literal(values);
export const booleanArray = (values: readonly (boolean | null)[]): string => literal(values);
export const momentArray = (values: readonly Date[]): string => literal(values.map((value) => value.getTime()));

/** Is the column one of these ids? One statement however many there are, where a list would be another for each number. */
export const isAmong = (column: PgColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${uuidArray(ids)}::uuid[])`;
