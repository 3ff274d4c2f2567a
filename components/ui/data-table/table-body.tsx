import { Fragment, type RefObject, useState } from "react";
import type { HeldRow } from "@/components/lib/row-order";
import { useDensity } from "@/components/lib/use-theme";
import { BodyRow } from "./body-row";
import { ExpandedRow } from "./expanded-row";
import { useRowMenu } from "./row-menu";
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
  const { table, scroller, selectable, expansion } = props;
  const { rows, catchUp } = props.held;
  const heightPx = ROW_PX[useDensity()];
  const { activeIndex, setActiveId } = useActiveRow(rows);
  const [expandedPx, setExpandedPx] = useState(0);
  const expandedIndex = expansion ? rows.findIndex(({ id }) => id === expansion.id) : -1;
  const virtualizer = useRowVirtualizer({ rows, scroller, heightPx, activeIndex, expandedIndex, expandedPx });
  const { ask, menu } = useRowMenu(rows, props.actions);
  const handlers = useRowHandlers({
    ...props,
    rows,
    activeIndex,
    setActiveId,
    heightPx,
    virtualizer,
    catchUp,
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
              onContextMenu={props.actions && ask}
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
      {menu}
    </div>
  );
}

/** The row that the focus is on, or would come to: the first one, until one had it. */
function useActiveRow<Row>(rows: readonly HeldRow<Row>[]) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = rows.findIndex(({ id }) => id === activeId);
  return { activeIndex: Math.max(0, found), setActiveId };
}
