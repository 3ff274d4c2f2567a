"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { useNarrow } from "@/components/lib/use-narrow";

const STORAGE = "runboard.dock";
const [MIN_PX, MAX_PX, USUAL_PX] = [320, 640, 400];
const STEP_PX = 24;

const clamp = (px: number) => Math.round(Math.min(MAX_PX, Math.max(MIN_PX, px)));
const remembered = () => clamp(Number(localStorage.getItem(STORAGE)) || USUAL_PX);

/** The place beside the board for a trip or a booking: as wide as it was left, by dragging its edge or with the arrows. */
export function DockArea({ children }: { children: ReactNode }) {
  const narrow = useNarrow();
  const [widthPx, setWidthPx] = useState(remembered);
  const resize = (px: number) => {
    setWidthPx(clamp(px));
    localStorage.setItem(STORAGE, String(clamp(px)));
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP_PX, ArrowRight: -STEP_PX }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(widthPx + step);
  };
  return (
    <aside
      aria-label="Beside the board"
      className="flex shrink-0 max-md:absolute max-md:inset-0 max-md:z-10"
      style={narrow ? undefined : { width: widthPx }}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that moves is interactive */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an hr takes no keys
        role="separator"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- moved with the arrow keys
        tabIndex={0}
        aria-label="Resize"
        aria-orientation="vertical"
        aria-valuenow={widthPx}
        aria-valuemin={MIN_PX}
        aria-valuemax={MAX_PX}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
        className="-ml-0.5 w-1 shrink-0 cursor-col-resize border-line border-r outline-none hover:bg-accent focus-visible:bg-focus max-md:hidden"
      />
      <div className="min-w-0 flex-1">{children}</div>
    </aside>
  );
}
