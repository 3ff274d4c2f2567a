import "server-only";
import { z } from "zod";
import {
  type Columns,
  duplicateReasons,
  type ReadRow,
  type RowReason,
  readTable,
} from "@/server/domain/csv/read-table";
import { AppError } from "@/server/errors";
import { MAX_CSV, parseCsv } from "./parse-csv";

/** `dryRun` reads and judges the file and changes nothing: the preview. */
export const ImportInput = z.strictObject({ csv: z.string().min(1).max(MAX_CSV), dryRun: z.boolean().default(true) });
export type ImportInput = z.infer<typeof ImportInput>;

export type ImportResult = {
  /** Rows of the file that can be taken. */
  rows: number;
  imported: number;
  /** Everything that is wrong; while there is anything, nothing is imported. */
  reasons: RowReason[];
  /** The first rows as they were understood, for the preview. */
  preview: { row: number; cells: Record<string, string> }[];
};
/** What a kind of row needs to be imported. `judge` sees all rows that could be read, and says what the database has against them. */
export type Importer<T> = {
  columns: Columns;
  schema: z.ZodType<T>;
  /** The column in which no two rows are the same, if there is one. */
  unique?: { column: string; keyOf: (value: T) => string };
  judge: (rows: readonly ReadRow<T>[]) => RowReason[] | Promise<RowReason[]>;
  store: (values: readonly T[]) => Promise<void>;
};

const PREVIEW_ROWS = 200;
/** A value as one line of text: lists by blanks, places by slashes. */
function cell(value: unknown): string {
  if (Array.isArray(value)) return value.map(cell).join(" ");
  if (value !== null && typeof value === "object") return Object.values(value).map(cell).join("/");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** All rows or none. */
export async function importLines<T extends object>(
  { csv, dryRun }: ImportInput,
  importer: Importer<T>,
): Promise<ImportResult> {
  const { rows, reasons } = readTable(parseCsv(csv), importer.columns, importer.schema);
  if (importer.unique) reasons.push(...duplicateReasons(rows, importer.unique.column, importer.unique.keyOf));
  reasons.push(...(await importer.judge(rows)));
  reasons.sort((a, b) => a.row - b.row);
  const preview = rows.slice(0, PREVIEW_ROWS).map(({ row, value }) => ({
    row,
    cells: Object.fromEntries(Object.entries(value).map(([name, it]) => [name, cell(it)])),
  }));
  if (!dryRun && reasons.length > 0) {
    const shown = reasons
      .slice(0, 50)
      .map((it) => ({ path: `csv.${it.row}`, code: it.code, message: `row ${it.row}: ${it.message}` }));
    throw new AppError("rule_broken", "the file has rows that can't be imported; nothing was changed", shown);
  }
  if (!dryRun) await importer.store(rows.map(({ value }) => value));
  return { rows: rows.length, imported: dryRun ? 0 : rows.length, reasons, preview };
}

/** Rows whose key the database has already. */
export const takenReasons = <T>(
  rows: readonly ReadRow<T>[],
  column: string,
  keyOf: (value: T) => string,
  taken: ReadonlySet<string>,
): RowReason[] =>
  rows
    .filter(({ value }) => taken.has(keyOf(value)))
    .map(({ row }) => ({ row, column, code: "taken", message: "is in the agency already" }));

/** One reason at the first row past `most`, for what can't take a whole file at once. */
export const tooManyReasons = (rows: readonly ReadRow<unknown>[], most: number): RowReason[] => {
  const past = rows[most];
  return past ? [{ row: past.row, code: "too_many", message: `more than ${most} rows at once` }] : [];
};
