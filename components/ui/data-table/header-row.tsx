import { ArrowDown, ArrowUp, ListFilter } from "lucide-react";
import { useMemo } from "react";
import { cn } from "@/components/lib/cn";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { Column } from "./types";
import type { TableModel } from "./use-table-model";

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

const ANY = "\u0000any";

function ColumnFilter<Row>({ table, column }: { table: TableModel; column: Column<Row> }) {
  const model = table.getColumn(column.id);
  const filtered = model?.getIsFiltered() ?? false;
  const filter = model?.getFilterValue();
  const value = typeof filter === "string" ? filter : "";
  const rows = table.getCoreRowModel().rows;
  const choices = useMemo(
    () =>
      column.filter === "choice"
        ? [...new Set(rows.map((row) => String(row.getValue(column.id) ?? "")))]
            .filter((text) => text !== "")
            .toSorted()
        : [],
    [rows, column],
  );
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
      {column.filter === "choice" ? (
        <Select
          aria-label={column.header}
          value={filtered ? value : ANY}
          options={[{ value: ANY, label: "Any" }, ...choices.map((text) => ({ value: text, label: text }))]}
          onValueChange={(next) => model?.setFilterValue(next === ANY ? undefined : next)}
        />
      ) : (
        <Input
          aria-label={column.header}
          placeholder={`${column.header} contains`}
          autoComplete="off"
          value={value}
          onValueChange={(next) => model?.setFilterValue(next === "" ? undefined : next)}
        />
      )}
    </Popover>
  );
}
