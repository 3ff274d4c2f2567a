import type { KeyboardEvent } from "react";
import { keysEnabled, matchesKeys } from "@/components/lib/keys";
import type { HeldRow } from "@/components/lib/row-order";
import type { MenuGroups } from "@/components/ui/menu-actions";

type Options<Row> = {
  rows: readonly HeldRow<Row>[];
  pageSize: () => number;
  move: (index: number, extend: boolean) => void;
  open?: (row: Row) => void;
  toggle?: (id: string) => void;
  selectAll?: () => void;
  actions?: (row: Row) => MenuGroups;
  /** Lets in what waits. */
  catchUp?: () => void;
  /** Goes to what can be done with the selected rows. */
  toSelection?: () => void;
  /** Further keys of the list itself, asked first. */
  onRowKey?: (row: Row, event: KeyboardEvent) => boolean;
};

/** Where a key takes the focus from row `index`; undefined for other keys. */
export function rowAfterKey(key: string, index: number, count: number, pageSize: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + pageSize,
    PageUp: index - pageSize,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/** The keys of a focused row: arrows move, Enter opens, Space selects, letters run the row's own actions. */
export function rowKeys<Row>(options: Options<Row>) {
  return (id: string, event: KeyboardEvent) => {
    const { rows, open, toggle, selectAll, actions } = options;
    const index = rows.findIndex((row) => row.id === id);
    const held = rows[index];
    if (!held) return;
    const done = (act: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    if (!held.gone && options.onRowKey?.(held.row, event)) return done(() => undefined);
    const to = rowAfterKey(event.key, index, rows.length, options.pageSize());
    if (to !== undefined && !event.altKey) return done(() => options.move(to, event.shiftKey && toggle !== undefined));
    if (event.key === "Enter" && open && !event.ctrlKey && !held.gone) return done(() => open(held.row));
    if (event.key === " " && toggle) return done(() => toggle(id));
    if (matchesKeys(event.nativeEvent, "mod+a") && selectAll) return done(selectAll);
    if (!keysEnabled()) return;
    if (options.catchUp && matchesKeys(event.nativeEvent, "l")) return done(options.catchUp);
    if (options.toSelection && matchesKeys(event.nativeEvent, "b")) return done(options.toSelection);
    if (!actions || held.gone) return;
    const action = actions(held.row)
      .flat()
      .find(({ shortcut, disabled }) => shortcut && !disabled && matchesKeys(event.nativeEvent, shortcut));
    if (action) done(action.run);
  };
}
