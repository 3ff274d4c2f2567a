"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import { useState, useSyncExternalStore } from "react";
import { Kbd } from "./kbd";
import { leave, shownTip, stay, type Tip } from "./tooltip-state";

/** Where the one tooltip is drawn. */
export function TooltipLayer() {
  const tip = useSyncExternalStore(shownTip.subscribe, shownTip.get, () => null);
  // It fades with what it said.
  const [last, setLast] = useState<Tip | null>(null);
  if (tip && tip !== last) setLast(tip);
  return (
    <Base.Root open={tip !== null} onOpenChange={(open) => !open && leave("now")}>
      <Base.Portal>
        <Base.Positioner anchor={last?.anchor} side={last?.side} sideOffset={6} className="z-50">
          <Base.Popup
            onPointerEnter={stay}
            onPointerLeave={() => leave("soon")}
            className="popup flex max-w-72 items-center gap-2 rounded-md px-2 py-1 text-table"
          >
            {last?.label}
            {last?.shortcut && <Kbd keys={last.shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
