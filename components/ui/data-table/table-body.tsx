import { Fragment, type RefObject, useState } from "react";
import { useDensity } from "@/components/lib/use-theme";
import { BodyRow } from "./body-row";
import { ExpandedRow } from "./expanded-row";
import type { DataTableProps } from "./types";
import type { useHeldRows } from "./use-held-rows";
import { useRowHandlers } from "./use-row-handlers";
import { HEADER_PX, useRowVirtualizer } from "./use-row-virtualizer";
import type { TableModel } from "./use-table-model";

type Props<Row> = DataTableProps<Row> & {
  table: TableModel;
  held: ReturnType<typeof useHeldRows<Row>>;
  scroller: RefObject<HTMLDivElement | null>;
  template: string;
};

const ROW_PX = { comfortable: 32, compact: 28 } as const;

/** The rows in sight, and the one that has the focus wherever it is. */
export function TableBody<Row>(props: Props<Row>) {
  const { table, held, scroller, selectable, expansion } = props;
  const { rows } = held;
  const heightPx = ROW_PX[useDensity()];
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = rows.findIndex(({ id }) => id === activeId);
  const activeIndex = Math.max(0, found);
  const [expandedPx, setExpandedPx] = useState(0);
  const expandedIndex = expansion ? rows.findIndex(({ id }) => id === expansion.id) : -1;
  const virtualizer = useRowVirtualizer({ rows, scroller, heightPx, activeIndex, expandedIndex, expandedPx });
  const handlers = useRowHandlers({
    ...props,
    rows,
    activeIndex,
    setActiveId,
    heightPx,
    virtualizer,
    catchUp: held.catchUp,
  });
  return (
    <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const one = rows[item.index];
        if (!one) return null;
        return (
          <Fragment key={one.id}>
            <BodyRow
              row={one.row}
              id={one.id}
              index={item.index}
              columns={props.columns}
              template={props.template}
              topPx={item.start - HEADER_PX}
              heightPx={heightPx}
              gone={one.gone}
              active={item.index === activeIndex}
              open={props.openId === one.id}
              muted={props.rowTone?.(one.row) === "muted"}
              selected={table.state.rowSelection[one.id] === true}
              label={props.rowLabel(one.row)}
              onSelect={selectable ? handlers.toggle : undefined}
              onPress={handlers.onPress}
              onFocus={handlers.onFocus}
              onKeyDown={handlers.onKeyDown}
              actions={props.actions}
            />
            {expansion && item.index === expandedIndex && (
              <ExpandedRow
                expansion={expansion}
                row={one.row}
                topPx={item.start - HEADER_PX + heightPx}
                onHeight={setExpandedPx}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}
