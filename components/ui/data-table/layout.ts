import type { Column } from "./types";

/** Width of the column of checkboxes, in pixels. */
export const SELECT_WIDTH_PX = 32;

/** The tracks that header and rows share, as `grid-template-columns`, and the width below which the table scrolls. */
export function tracks<Row>(
  columns: readonly Column<Row>[],
  selectable: boolean,
): { template: string; minWidthPx: number } {
  const own = columns.map(({ width }) =>
    typeof width === "number"
      ? { css: `${width}px`, min: width }
      : { css: `minmax(${width.min}px, ${width.grow ?? 1}fr)`, min: width.min },
  );
  const all = selectable ? [{ css: `${SELECT_WIDTH_PX}px`, min: SELECT_WIDTH_PX }, ...own] : own;
  return { template: all.map(({ css }) => css).join(" "), minWidthPx: all.reduce((sum, { min }) => sum + min, 0) };
}

/** Keeps the order, but lets those that stand above all others stand there. */
export const pinnedFirst = <Row>(rows: readonly Row[], pinned?: (row: Row) => boolean): readonly Row[] =>
  pinned ? [...rows.filter(pinned), ...rows.filter((row) => !pinned(row))] : rows;
