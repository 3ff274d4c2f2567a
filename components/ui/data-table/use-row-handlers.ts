import type { Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useRef } from "react";
import type { HeldRow } from "@/components/lib/row-order";
import { useStable } from "@/components/lib/use-stable";
import { rowKeys } from "./row-keys";
import type { DataTableProps } from "./types";
import type { TableModel } from "./use-table-model";

type Options<Row> = Pick<DataTableProps<Row>, "onOpen" | "onFocusRow" | "selectable" | "actions" | "onRowKey"> & {
  rows: readonly HeldRow<Row>[];
  table: TableModel;
  activeIndex: number;
  setActiveId: (id: string) => void;
  heightPx: number;
  catchUp: () => void;
  scroller: RefObject<HTMLDivElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
};

type Modifiers = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/** What pointer and keys do to rows: one set of handlers for all of them, with a fixed identity. */
export function useRowHandlers<Row>(options: Options<Row>) {
  const { rows, table, activeIndex, setActiveId, heightPx, scroller, virtualizer, selectable, onOpen, onFocusRow } =
    options;
  const anchor = useRef<number | null>(null);
  const find = (id: string) => rows.find((row) => row.id === id);

  const focusRow = (index: number) => {
    const id = rows[index]?.id;
    if (id === undefined) return;
    setActiveId(id);
    virtualizer.scrollToIndex(index);
    const selector = `[data-row-id="${CSS.escape(id)}"]`;
    const focus = () => scroller.current?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    // At once where it can be: the next key must act on the row that the last one went to.
    focus();
    if (document.activeElement?.getAttribute("data-row-id") !== id) requestAnimationFrame(focus);
  };
  const selectRange = (from: number, to: number) => {
    const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    table.setRowSelection(Object.fromEntries(range.map(({ id }) => [id, true])));
  };
  const toggle = (id: string) =>
    table.setRowSelection(({ [id]: was, ...others }) => (was ? others : { ...others, [id]: true }));
  const move = (index: number, extend: boolean) => {
    anchor.current = extend ? (anchor.current ?? activeIndex) : null;
    if (anchor.current !== null) selectRange(anchor.current, index);
    focusRow(index);
  };
  const onKeyDown = rowKeys<Row>({
    rows,
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / heightPx) - 2),
    move,
    open: onOpen,
    toggle: selectable ? toggle : undefined,
    selectAll: selectable ? () => table.toggleAllRowsSelected(true) : undefined,
    actions: options.actions,
    onRowKey: options.onRowKey,
    catchUp: options.catchUp,
    toSelection: selectable ? () => focusSelectionActions(scroller.current) : undefined,
  });
  return useStable({
    toggle,
    onKeyDown: (id: string, event: KeyboardEvent) => onKeyDown(id, event),
    onPress: (id: string, event: Modifiers) => {
      if (selectable && event.shiftKey)
        return selectRange(
          activeIndex,
          rows.findIndex((row) => row.id === id),
        );
      if (selectable && (event.ctrlKey || event.metaKey)) return toggle(id);
      const found = find(id);
      if (found && !found.gone) onOpen?.(found.row);
    },
    onFocus: (id: string) => {
      setActiveId(id);
      const found = find(id);
      if (found) onFocusRow?.(found.row);
    },
  });
}

const focusSelectionActions = (scroller: HTMLElement | null) =>
  scroller?.parentElement?.querySelector<HTMLElement>("[data-selection-actions] button")?.focus();
