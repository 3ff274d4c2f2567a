"use client";

import { useMemo, useRef } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { HeaderRow } from "./header-row";
import { pinnedFirst, tracks } from "./layout";
import { TableBody } from "./table-body";
import { TableToolbar } from "./toolbar";
import type { Column, DataTableProps } from "./types";
import { useHeldRows } from "./use-held-rows";
import { type TableModel, useTableModel } from "./use-table-model";

export type { Column, DataTableProps, Expansion } from "./types";

/**
 * A list of anything: sorts, filters, selects, exports, and is worked by keyboard alone. `columns`, `rowId` and the
 * rows must keep their identity while nothing changes. While the pointer or the focus is inside, no row moves.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, label, selectable = false } = props;
  const table = useTableModel(props);
  const { pinned, elsewhere } = props;
  const liveRows = table.getRowModel().rows;
  const liveIds = useMemo(
    () => pinnedFirst(liveRows, pinned && (({ original }) => pinned(original.row as Row))).map(({ id }) => id),
    [liveRows, pinned],
  );
  const known = useMemo(() => {
    const own = new Map(rows?.map((row) => [rowId(row), row]));
    return elsewhere ? new Map([...elsewhere, ...own]) : own;
  }, [rows, rowId, elsewhere]);
  const { sorting, columnFilters, globalFilter } = table.state;
  const held = useHeldRows(liveIds, known, JSON.stringify([sorting, columnFilters, globalFilter]));
  const scroller = useRef<HTMLDivElement>(null);
  const { template, minWidthPx } = useMemo(() => tracks(columns, selectable), [columns, selectable]);
  return (
    <div className={cn("flex h-full min-h-0 min-w-0 flex-col", props.className)}>
      {!props.bare && (
        <TableToolbar
          {...props}
          table={table}
          shownCount={liveIds.length}
          newCount={held.newCount}
          onCatchUp={held.catchUp}
        />
      )}
      <div ref={scroller} className="@container relative min-h-0 flex-1 overflow-auto bg-panel">
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={held.rows.length + 1}
          aria-multiselectable={selectable || undefined}
          aria-busy={rows === undefined || undefined}
          style={{ minWidth: minWidthPx }}
        >
          <HeaderRow table={table} columns={columns} selectable={selectable} template={template} />
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only watches, to hold the order */}
          <div
            onPointerEnter={() => held.update({ pointer: true })}
            onPointerLeave={() => held.update({ pointer: false })}
            onFocus={() => held.update({ focus: true })}
            onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || held.update({ focus: false })}
          >
            <TableBody {...props} table={table} held={held} scroller={scroller} template={template} />
          </div>
        </div>
        {rows === undefined && <SkeletonRows columns={columns} template={template} />}
        {rows !== undefined && held.rows.length === 0 && <NoRows {...props} table={table} />}
      </div>
    </div>
  );
}

function SkeletonRows<Row>({ columns, template }: { columns: readonly Column<Row>[]; template: string }) {
  return Array.from({ length: 12 }, (_, index) => (
    <div
      // oxlint-disable-next-line react/no-array-index-key -- twelve bars that never change
      key={index}
      aria-hidden="true"
      className="grid h-row items-center border-line border-b"
      style={{ gridTemplateColumns: template }}
    >
      {columns.map((column) => (
        <div key={column.id} className="px-2">
          <Skeleton className="w-2/3" />
        </div>
      ))}
    </div>
  ));
}

function NoRows<Row>({ table, rows, empty, label }: DataTableProps<Row> & { table: TableModel }) {
  if (!rows?.length)
    return (
      <EmptyState title={empty.title} action={empty.action}>
        {empty.hint}
      </EmptyState>
    );
  const showAll = () => {
    table.resetColumnFilters(true);
    table.setGlobalFilter(undefined);
  };
  return (
    <EmptyState
      title={`No ${label.toLowerCase()} match the filters`}
      action={<Button onClick={showAll}>Show all</Button>}
    />
  );
}
