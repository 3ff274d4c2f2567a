"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd";

type Props = {
  label: ReactNode;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** What it explains; must take a ref and props. */
  children: ReactElement;
};

/** Says more on hover and focus; never the only place where something is said. */
export function Tooltip({ label, shortcut, side = "bottom", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="popup flex max-w-72 items-center gap-2 rounded-md px-2 py-1 text-table">
            {label}
            {shortcut && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** One delay for all tooltips: the first waits, its neighbours follow at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={400} closeDelay={0}>
      {children}
    </Base.Provider>
  );
}
