import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type RefObject, useLayoutEffect, useState } from "react";
import { useDensity } from "@/components/lib/use-theme";
import { BodyRow } from "./body-row";
import { ExpandedRow } from "./expanded-row";
import type { DataTableProps } from "./types";
import type { useHeldRows } from "./use-held-rows";
import { useRowHandlers } from "./use-row-handlers";
import type { TableModel } from "./use-table-model";

type Props<Row> = DataTableProps<Row> & {
  table: TableModel;
  held: ReturnType<typeof useHeldRows<Row>>;
  scroller: RefObject<HTMLDivElement | null>;
  template: string;
};

const ROW_PX = { comfortable: 32, compact: 28 } as const;
export const HEADER_PX = 28;

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
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled or memoised around it
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightPx + (index === expandedIndex ? expandedPx : 0),
    getItemKey: (index) => rows[index]?.id ?? index,
    scrollMargin: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
    overscan: 8,
    rangeExtractor: (range) => {
      const kept = [Math.min(activeIndex, range.count - 1), expandedIndex].filter((index) => index >= 0);
      return [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, heightPx, expandedIndex, expandedPx]);
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
