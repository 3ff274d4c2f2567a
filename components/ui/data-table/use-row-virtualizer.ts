import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect } from "react";
import type { HeldRow } from "@/components/lib/row-order";

export const HEADER_PX = 28;

type Options<Row> = {
  rows: readonly HeldRow<Row>[];
  scroller: RefObject<HTMLDivElement | null>;
  heightPx: number;
  activeIndex: number;
  /** The row that is open in place, -1 for none, and how tall what opened is. */
  expandedIndex: number;
  expandedPx: number;
};

/** Draws the rows in sight, and the focused and the open one wherever they are. */
export function useRowVirtualizer<Row>(options: Options<Row>) {
  const { rows, scroller, heightPx, activeIndex, expandedIndex, expandedPx } = options;
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
  return virtualizer;
}
