import { type KeyboardEvent, type MouseEvent, memo } from "react";
import { cn } from "@/components/lib/cn";
import { Checkbox } from "@/components/ui/checkbox";
import type { Column } from "./types";

type Props<Row> = {
  row: Row;
  id: string;
  index: number;
  columns: readonly Column<Row>[];
  template: string;
  topPx: number;
  heightPx: number;
  gone: boolean;
  active: boolean;
  open: boolean;
  muted: boolean;
  selected: boolean;
  label: string;
  onSelect?: (id: string, selected: boolean) => void;
  onPress: (id: string, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => void;
  onFocus: (id: string) => void;
  onKeyDown: (id: string, event: KeyboardEvent) => void;
  /** The right click or the menu key; missing where nothing can be done with a row. */
  onContextMenu?: (id: string, event: MouseEvent<HTMLElement>) => void;
};

/** One line. It is the row that takes the focus, so that one key press acts on what is highlighted. */
function BodyRowView<Row>(props: Props<Row>) {
  const { row, id, gone, active, selected, onContextMenu } = props;
  return (
    <div
      role="row"
      data-row-id={id}
      aria-rowindex={props.index + 2}
      aria-selected={props.onSelect ? selected : undefined}
      aria-current={props.open || undefined}
      aria-disabled={gone || undefined}
      tabIndex={active ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && props.onFocus(id)}
      onClick={(event) =>
        !(event.target instanceof Element && event.target.closest("button, a, input, [role=checkbox]")) &&
        props.onPress(id, event)
      }
      onKeyDown={(event) => event.target === event.currentTarget && props.onKeyDown(id, event)}
      onContextMenu={onContextMenu && !gone ? (event) => onContextMenu(id, event) : undefined}
      className={cn(
        "focus-inset absolute inset-x-0 top-0 grid items-center border-line border-b bg-panel text-table hover:bg-hover",
        selected && "bg-selected hover:bg-selected",
        props.open && "bg-selected shadow-[inset_2px_0_0_var(--accent)] hover:bg-selected",
        (gone || props.muted) && "text-ink-3",
        gone && "line-through",
      )}
      style={{ gridTemplateColumns: props.template, height: props.heightPx, transform: `translateY(${props.topPx}px)` }}
    >
      {props.onSelect && (
        <div role="gridcell" className="flex justify-center">
          <Checkbox
            tabIndex={-1}
            aria-label={`Select ${props.label}`}
            checked={selected}
            onCheckedChange={(checked) => props.onSelect?.(id, checked)}
          />
        </div>
      )}
      {props.columns.map((column) => (
        <Cell key={column.id} row={row} column={column} />
      ))}
    </div>
  );
}

function Cell<Row>({ row, column }: { row: Row; column: Column<Row> }) {
  const value = column.value(row);
  const text = value === null || value === undefined ? "" : String(value);
  return (
    <div
      role="gridcell"
      title={column.cell ? undefined : text || undefined}
      className={cn("min-w-0 truncate px-2", column.align === "end" && "text-right")}
    >
      {column.cell ? column.cell(row) : text || <span className="text-ink-3">–</span>}
    </div>
  );
}

export const BodyRow = memo(BodyRowView) as typeof BodyRowView;
