"use client";

import { Plus, Upload } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableProps } from "@/components/ui/data-table/data-table";
import { FleetHeader } from "./fleet-header";
import { LoadFailed } from "./load-failed";

type Props<Row extends { id: string }> = Omit<DataTableProps<Row>, "rows" | "rowId" | "empty" | "label"> & {
  page: ComponentProps<typeof FleetHeader>["current"];
  /** What the server said; its rows, or why there are none. */
  query: { data: readonly Row[] | undefined; error: unknown; refetch: () => unknown };
  /** "Add vehicle": missing for those who may not. */
  add?: { label: string; run: () => void };
  onImport?: () => void;
  emptyHint: string;
  children?: ReactNode;
};

const rowId = ({ id }: { id: string }) => id;

/** A page of the fleet: its bar with add and import, its list, and the dialogs that are open. */
export function FleetList<Row extends { id: string }>(props: Props<Row>) {
  const { page, query, add, onImport, emptyHint, children, ...table } = props;
  const addButton = add && (
    <Button variant="primary" onClick={add.run}>
      <Plus size={14} aria-hidden="true" />
      {add.label}
    </Button>
  );
  const actions = (
    <>
      {onImport && (
        <Button onClick={onImport}>
          <Upload size={14} aria-hidden="true" />
          Import
        </Button>
      )}
      {addButton}
    </>
  );
  const empty = { title: `No ${page.toLowerCase()} yet`, hint: add && emptyHint, action: addButton };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FleetHeader current={page} actions={actions} />
      <LoadFailed error={query.error} onRetry={query.refetch} what={`The ${page.toLowerCase()}`} />
      <DataTable
        {...table}
        className="flex-1"
        label={page}
        rows={query.error ? (query.data ?? []) : query.data}
        rowId={rowId}
        empty={query.error ? { title: "Nothing to show" } : empty}
      />
      {children}
    </div>
  );
}
