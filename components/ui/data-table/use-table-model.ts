import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSelectionFeature,
  rowSortingFeature,
  type SortFn,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { CellValue, Column, DataTableProps } from "./types";

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Text as people order it (M9 before M12), numbers by size; the empty ones come last in either direction. */
function compare(a: CellValue, b: CellValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  sortFns: { basic: sortFn_basic },
  filterFns: { includesString: filterFn_includesString },
});

/** One row of the model: our row, whatever it is, behind one key. */
type Item = { row: unknown; id: string };
const natural: SortFn<typeof features, Item> = (a, b, columnId) =>
  compare(a.getValue<CellValue>(columnId), b.getValue<CellValue>(columnId));
const helper = createColumnHelper<typeof features, Item>();
const noItems: Item[] = [];

const toColumnDef = <Row>(column: Column<Row>) =>
  helper.accessor((item) => column.value(item.row as Row) ?? undefined, {
    id: column.id,
    header: column.header,
    enableSorting: column.sortable !== false,
    sortFn: natural,
    sortUndefined: "last",
    enableColumnFilter: column.filter !== undefined,
    filterFn:
      column.filter === "choice"
        ? (row, id, wanted) => String(row.getValue<CellValue>(id) ?? "") === wanted
        : "includesString",
    enableGlobalFilter: column.unsearchable !== true,
  });

/** Sorting, filtering and selection of a data table. The columns must be stable; rows are matched by id. */
export function useTableModel<Row>(props: Pick<DataTableProps<Row>, "columns" | "rows" | "rowId" | "defaultSort">) {
  const { columns, rows, rowId, defaultSort } = props;
  const defs = useMemo(() => helper.columns(columns.map(toColumnDef)), [columns]);
  const data = useMemo(() => rows?.map((row): Item => ({ row, id: rowId(row) })) ?? noItems, [rows, rowId]);
  const table = useTable({
    features,
    columns: defs,
    data,
    getRowId: (item) => item.id,
    globalFilterFn: "includesString",
    // By default only columns whose first row holds text take part; ours say so themselves.
    getColumnCanGlobalFilter: () => true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    initialState: { sorting: defaultSort ? [{ id: defaultSort.id, desc: defaultSort.desc ?? false }] : [] },
  });
  return table;
}

export type TableModel = ReturnType<typeof useTableModel>;
