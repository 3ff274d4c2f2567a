import type { KeyboardEvent, ReactNode } from "react";
import type { MenuGroups } from "@/components/ui/menu-actions";

export type CellValue = string | number | boolean | null | undefined;

/** A column: `value` sorts, filters and exports; `cell` is what is seen. */
export type Column<Row> = {
  id: string;
  header: string;
  value: (row: Row) => CellValue;
  cell?: (row: Row) => ReactNode;
  /** Pixels, or the least pixels of a column that takes a share of what is left. */
  width: number | { min: number; grow?: number };
  /** Numbers stand at the end. */
  align?: "start" | "end";
  /** `text` finds a part of it, `choice` offers the values that occur. */
  filter?: "text" | "choice";
  sortable?: boolean;
  /** What stands in the exported file instead of `value`. */
  exportValue?: (row: Row) => CellValue;
  /** Left out of export and text search: buttons, marks, patient data on shared lists. */
  unsearchable?: boolean;
};

export type EmptyText = { title: string; hint?: ReactNode; action?: ReactNode };

export type Expansion<Row> = { id: string; render: (row: Row) => ReactNode; onClose: () => void };

export type DataTableProps<Row> = {
  /** Names the table for screen readers and the exported file. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while loading: skeletons stand in. */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** How a row is announced and found by typing. */
  rowLabel: (row: Row) => string;
  empty: EmptyText;
  /** Enter, or a click. */
  onOpen?: (row: Row) => void;
  /** The focused row changed by key or pointer: show it on the map. */
  onFocusRow?: (row: Row) => void;
  /** Right click, the menu key, and their one-letter keys on the focused row. */
  actions?: (row: Row) => MenuGroups;
  /** Shown open elsewhere: in the docked panel, on the map. */
  openId?: string | null;
  selectable?: boolean;
  /** Shown beside the count while rows are selected. */
  selectionActions?: (rows: Row[], clear: () => void) => ReactNode;
  defaultSort?: { id: string; desc?: boolean };
  /** Left of the search field: filters and counts of the page. */
  toolbar?: ReactNode;
  /** Hides the whole bar above the table. */
  bare?: boolean;
  /** Rows that left this list and live on in another, by id: while the order is held they stay as they are now. */
  elsewhere?: ReadonlyMap<string, Row>;
  /** Stands above all others, however the list is sorted. */
  pinned?: (row: Row) => boolean;
  /** What opens under one row: it pushes the rows below, and closes with Esc. */
  expansion?: Expansion<Row> | null;
  /** Further keys of a focused row, asked first; true when it was one of them. */
  onRowKey?: (row: Row, event: KeyboardEvent) => boolean;
  /** Emphasis of a whole row: `muted` for what is closed. */
  rowTone?: (row: Row) => "muted" | undefined;
  className?: string;
};
