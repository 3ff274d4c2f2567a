import { toCsv } from "@/components/lib/csv";
import type { Column } from "./types";

/** The rows as a file: what the columns show, or what they say for export; without buttons and marks. */
export function rowsToCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const exported = columns.filter((column) => column.unsearchable !== true || column.exportValue);
  return toCsv(
    exported.map((column) => column.header),
    rows.map((row) => exported.map((column) => (column.exportValue ?? column.value)(row))),
  );
}
