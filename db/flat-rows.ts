import { Column, getTableName, is, SQL, type TablesRelationalConfig } from "drizzle-orm";
import type { PreparedQueryConfig } from "drizzle-orm/pg-core";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";

type Prepare = PostgresJsSession<Sql, Record<string, never>, Record<string, never>>["prepareQuery"];
type Fields = NonNullable<Parameters<Prepare>[1]>;
type Row = Record<string, unknown>;
type Read = ((value: unknown) => unknown) | null;
/** A value of a row: its name, where it comes, and how it is read. */
type Cell = { name: string; at: number; read: Read };
/** An object in a row; of an outer join it is null where its first column is, when all of them are of `table`. */
type Part = { name: string; cells: Cell[]; firstColumnAt: number | null; table: string | null };
type Shape = { cells: Cell[]; parts: Part[] };
/** For each table of a statement whether its rows are always there. */
type AlwaysThere = Record<string, boolean> | undefined;

/**
 * Drizzle's session, quicker with what most queries select: columns and expressions, plainly or in objects. Drizzle asks of
 * every value anew what kind of field it belongs to and where in the row it goes, a quarter of what a large board costs
 * the process.
 */
export class FlatRowsSession<
  All extends Record<string, unknown>,
  Tables extends TablesRelationalConfig,
> extends PostgresJsSession<Sql, All, Tables> {
  override prepareQuery<T extends PreparedQueryConfig>(...args: Parameters<Prepare>) {
    const [query, fields, name, isInArrays, toRows, ...rest] = args;
    const shape = toRows ? null : shapeOf(fields);
    // What is always there is known of a statement after it was prepared.
    const prepared: { statement?: object } = {};
    const quick = shape && ((rows: unknown[][]) => rowsOf(shape, rows, prepared.statement));
    const statement = super.prepareQuery<T>(query, fields, name, isInArrays, toRows ?? quick ?? undefined, ...rest);
    prepared.statement = statement;
    return statement;
  }
}

function rowsOf(shape: Shape, rows: unknown[][], statement: object | undefined): Row[] {
  const { joinsNotNullableMap } = (statement ?? {}) as { joinsNotNullableMap?: AlwaysThere };
  return rows.map((values) => rowOf(shape, values, joinsNotNullableMap));
}

function rowOf({ cells, parts }: Shape, values: unknown[], alwaysThere: AlwaysThere): Row {
  const row: Row = {};
  fill(row, cells, values);
  for (const { name, cells: inner, firstColumnAt, table } of parts) {
    const mayMiss = alwaysThere && table !== null && firstColumnAt !== null && !alwaysThere[table];
    if (mayMiss && values[firstColumnAt] === null) row[name] = null;
    else {
      const part: Row = {};
      fill(part, inner, values);
      row[name] = part;
    }
  }
  return row;
}

function fill(into: Row, cells: readonly Cell[], values: readonly unknown[]): void {
  for (const { name, at, read } of cells) {
    const value = values[at];
    into[name] = value === null || read === null ? value : read(value);
  }
}

/** @returns what a statement's rows look like; null when it selects more than columns and expressions, or in deeper objects */
function shapeOf(fields: Fields | undefined): Shape | null {
  if (!fields) return null;
  const shape: Shape = { cells: [], parts: [] };
  for (const [at, { path, field }] of fields.entries()) {
    const [outer, inner, ...deeper] = path;
    const read = readerOf(field);
    if (outer === undefined || deeper.length > 0 || read === undefined) return null;
    if (inner === undefined) shape.cells.push({ name: outer, at, read });
    else addToPart(shape.parts, outer, { name: inner, at, read }, is(field, Column) ? getTableName(field.table) : null);
  }
  return shape;
}

/** @param table - of the column; null for an expression, which does not say whether the object is there */
function addToPart(parts: Part[], name: string, cell: Cell, table: string | null): void {
  const known = parts.find((part) => part.name === name);
  if (!known) {
    parts.push({ name, cells: [cell], firstColumnAt: table === null ? null : cell.at, table });
    return;
  }
  known.cells.push(cell);
  if (table === null) return;
  if (known.firstColumnAt === null) Object.assign(known, { firstColumnAt: cell.at, table });
  else if (known.table !== table) known.table = null;
}

type Decoder = { mapFromDriverValue: (value: unknown) => unknown };

/** Null where a value is taken as the driver hands it on, undefined for a field of another kind. */
function readerOf(field: Fields[number]["field"]): Read | undefined {
  if (is(field, Column))
    return field.mapFromDriverValue === Column.prototype.mapFromDriverValue
      ? null
      : (value) => field.mapFromDriverValue(value);
  const expression = is(field, SQL) ? field : is(field, SQL.Aliased) ? field.sql : null;
  if (!expression) return undefined;
  const { decoder } = expression as unknown as { decoder: Decoder };
  return (value) => decoder.mapFromDriverValue(value);
}
