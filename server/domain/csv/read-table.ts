import type { z } from "zod";
import { readCell } from "./read-cell";

/** A file has at most this many rows. */
export const MAX_ROWS = 5_000;
/** One thing wrong with a file: `row` counts as a spreadsheet does, the header is row 1. */
export type RowReason = { row: number; column?: string; code: string; message: string };
export type ReadRow<T> = { row: number; value: T };
export type ReadTable<T> = { rows: ReadRow<T>[]; reasons: RowReason[] };
export type Columns = {
  required: readonly string[];
  optional: readonly string[];
  /** What our own export has beside them: read over. */
  ignored?: readonly string[];
  /** Other names that a column may have. */
  aliases?: Readonly<Record<string, string>>;
};

/** Column names are the same whatever their case, blanks and underscores: "Vehicle No" is vehicleNo. */
const columnKey = (name: string) => name.replace(/[\s_-]+/g, "").toLowerCase();

/**
 * Reads the cells of a file into values, or says about every row why not.
 * @param table - rows of cells, the header first
 * @param columns - names the file must and may have
 * @param schema - takes one row as text by column name; empty cells are left out
 */
export function readTable<T>(
  table: readonly (readonly string[])[],
  columns: Columns,
  schema: z.ZodType<T>,
): ReadTable<T> {
  const [header = [], ...body] = table;
  const { required, optional, ignored = [], aliases = {} } = columns;
  const known = new Map([
    ...Object.entries(aliases).map(([alias, name]) => [columnKey(alias), name] as const),
    ...[...required, ...optional, ...ignored].map((name) => [columnKey(name), name] as const),
  ]);
  const names = header.map((cell) => known.get(columnKey(readCell(cell))));
  const reasons = headerReasons(header, names, columns);
  if (body.length === 0) reasons.push({ row: 2, code: "empty", message: "the file has no rows" });
  if (body.length > MAX_ROWS)
    reasons.push({ row: MAX_ROWS + 2, code: "too_many", message: `more than ${MAX_ROWS} rows` });
  if (reasons.length > 0) return { rows: [], reasons };
  const rows: ReadRow<T>[] = [];
  const taken = names.map((name) => (name !== undefined && ignored.includes(name) ? undefined : name));
  for (const [i, cells] of body.entries()) {
    const read = readRow(i + 2, cells, taken, schema);
    if (read.ok) rows.push(read.row);
    else reasons.push(...read.reasons);
  }
  return { rows, reasons };
}

function headerReasons(
  header: readonly string[],
  names: readonly (string | undefined)[],
  columns: Columns,
): RowReason[] {
  const missing = columns.required.filter((name) => !names.includes(name));
  const unknown = header.filter((cell, i) => names[i] === undefined && readCell(cell) !== "");
  const twice = names.filter((name, i) => name !== undefined && names.indexOf(name) < i);
  return [
    ...missing.map((column) => ({
      row: 1,
      column,
      code: "column_missing",
      message: `the column ${column} is missing`,
    })),
    ...unknown.map((column) => ({
      row: 1,
      column: column.slice(0, 40),
      code: "column_unknown",
      message: "unknown column",
    })),
    ...twice.map((column) => ({
      row: 1,
      column: String(column),
      code: "column_twice",
      message: "the column is there twice",
    })),
  ];
}

type ReadOne<T> = { ok: true; row: ReadRow<T> } | { ok: false; reasons: RowReason[] };

function readRow<T>(
  row: number,
  cells: readonly string[],
  names: readonly (string | undefined)[],
  schema: z.ZodType<T>,
): ReadOne<T> {
  if (cells.length > names.length && cells.slice(names.length).some((cell) => readCell(cell) !== "")) {
    return { ok: false, reasons: [{ row, code: "too_many_cells", message: "more cells than columns" }] };
  }
  const pairs = names.flatMap((name, i) => {
    const text = readCell(cells[i] ?? "");
    return name === undefined || text === "" ? [] : [[name, text] as const];
  });
  const parsed = schema.safeParse(Object.fromEntries(pairs));
  if (parsed.success) return { ok: true, row: { row, value: parsed.data } };
  const reasons = parsed.error.issues.map((issue) => {
    const column = String(issue.path[0] ?? "");
    // A rule about several columns speaks for itself, also where its column is empty.
    const given = issue.code === "custom" || pairs.some(([name]) => name === column);
    const message = given ? issueWords(issue) : "must not be empty";
    return { row, ...(column ? { column } : {}), code: given ? "invalid" : "required", message };
  });
  return { ok: false, reasons };
}

/** What to write instead, for people who see the file in a spreadsheet. */
const issueWords = (issue: z.core.$ZodIssue): string =>
  issue.code === "invalid_value" ? `write one of ${issue.values.join(", ")}` : issue.message;

/** Rows whose key another row has already; the first one is fine. */
export function duplicateReasons<T>(
  rows: readonly ReadRow<T>[],
  column: string,
  keyOf: (value: T) => string,
): RowReason[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ row, value }) => {
    const key = keyOf(value).toLowerCase();
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    return before === undefined ? [] : [{ row, column, code: "twice", message: `the same as in row ${before}` }];
  });
}
