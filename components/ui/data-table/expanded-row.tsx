import { useEffectEvent, useLayoutEffect, useRef } from "react";
import type { Expansion } from "./types";

type Props<Row> = { expansion: Expansion<Row>; row: Row; topPx: number; onHeight: (px: number) => void };

/** What opens under a row. As tall as what is in it; Esc closes it and gives the focus back to the row. */
export function ExpandedRow<Row>({ expansion, row, topPx, onHeight }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const report = useEffectEvent(onHeight);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => report(Math.ceil(element.getBoundingClientRect().height));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    // Only as far as needed to read it: a row that fits stays where it is.
    requestAnimationFrame(() => element.scrollIntoView({ block: "nearest" }));
    return () => {
      observer.disconnect();
      report(0);
    };
  }, []);
  const close = () => {
    const grid = box.current?.closest("[role=grid]");
    expansion.onClose();
    grid?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(expansion.id)}"]`)?.focus({ preventScroll: true });
  };
  return (
    <div
      ref={box}
      role="row"
      data-expanded=""
      tabIndex={-1}
      className="absolute inset-x-0 top-0 border-line-strong border-b bg-sunken shadow-[inset_2px_0_0_var(--accent)] outline-none"
      style={{ transform: `translateY(${topPx}px)` }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      {/* Stays in sight while the table is scrolled sideways. */}
      <div role="gridcell" className="sticky left-0 w-[100cqw] min-w-0">
        {expansion.render(row)}
      </div>
    </div>
  );
}
