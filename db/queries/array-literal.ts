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
