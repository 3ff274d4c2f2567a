import { ArrowDown, ArrowUp, ListFilter } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { later } from "@/components/lib/later";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import type { Column } from "./types";
import type { TableModel } from "./use-table-model";

const ColumnFilterControl = later(() => import("./column-filter").then((part) => part.ColumnFilterControl));

type Props<Row> = { table: TableModel; columns: readonly Column<Row>[]; selectable: boolean; template: string };

/** Headers that sort when pressed and filter through the funnel beside them. */
export function HeaderRow<Row>({ table, columns, selectable, template }: Props<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-10 grid h-7 items-center border-line border-b bg-sunken text-ink-2 text-label"
      style={{ gridTemplateColumns: template }}
    >
      {selectable && (
        <div role="columnheader" className="flex justify-center">
          <Checkbox
            aria-label="Select all rows"
            checked={table.getIsAllRowsSelected()}
            indeterminate={table.getIsSomeRowsSelected()}
            onCheckedChange={(checked) => table.toggleAllRowsSelected(checked)}
          />
        </div>
      )}
      {columns.map((column) => (
        <HeaderCell key={column.id} table={table} column={column} />
      ))}
    </div>
  );
}

function HeaderCell<Row>({ table, column }: { table: TableModel; column: Column<Row> }) {
  const model = table.getColumn(column.id);
  const sorted = model?.getIsSorted() ?? false;
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      className={cn("group flex h-full min-w-0 items-center", column.align === "end" && "flex-row-reverse")}
    >
      {column.sortable === false ? (
        <span className="truncate px-2">{column.header}</span>
      ) : (
        <button
          type="button"
          onClick={() => model?.toggleSorting()}
          className={cn(
            "focus-inset flex h-full min-w-0 items-center gap-0.5 rounded-sm px-2 hover:text-ink",
            column.align === "end" && "flex-row-reverse",
            sorted && "font-semibold text-ink",
          )}
        >
          <span className="truncate">{column.header}</span>
          {sorted && <Arrow size={12} aria-hidden="true" className="shrink-0" />}
        </button>
      )}
      {column.filter && <ColumnFilter table={table} column={column} />}
    </div>
  );
}

function ColumnFilter<Row>({ table, column }: { table: TableModel; column: Column<Row> }) {
  const filtered = table.getColumn(column.id)?.getIsFiltered() ?? false;
  return (
    <Popover
      label={`Filter by ${column.header}`}
      align="start"
      className="w-56 p-2"
      trigger={
        <button
          type="button"
          aria-label={`Filter by ${column.header}`}
          className={cn(
            "focus-inset flex size-5 shrink-0 items-center justify-center rounded-sm hover:text-ink",
            filtered
              ? "text-accent"
              : "text-ink-3 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-popup-open:opacity-100",
          )}
        >
          <ListFilter size={12} strokeWidth={filtered ? 3 : 2} aria-hidden="true" />
        </button>
      }
    >
      <ColumnFilterControl
        table={table}
        columnId={column.id}
        header={column.header}
        isChoice={column.filter === "choice"}
      />
    </Popover>
  );
}
