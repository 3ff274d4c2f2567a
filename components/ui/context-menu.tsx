"use client";

import { ContextMenu as Base } from "@base-ui/react/context-menu";
import { useLayoutEffect, useRef } from "react";
import { MenuItems, menuPopup } from "./menu";
import type { MenuGroups } from "./menu-actions";

export type ContextMenuProps = {
  groups: MenuGroups;
  /** The right click, or the menu key, that asked for it. */
  asked: { x: number; y: number; target: HTMLElement };
  onClosed: () => void;
};

/** Actions where somebody right-clicked. One for a whole list: it belongs to whatever was asked last. */
export function ContextMenu({ groups, asked, onClosed }: ContextMenuProps) {
  const trigger = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const init = { bubbles: true, cancelable: true, button: 2, clientX: asked.x, clientY: asked.y };
    trigger.current?.dispatchEvent(new MouseEvent("contextmenu", init));
  }, [asked]);
  return (
    <Base.Root onOpenChangeComplete={(open) => !open && onClosed()}>
      <Base.Trigger ref={trigger} className="fixed" />
      <Base.Portal>
        <Base.Positioner collisionPadding={8} className="z-50">
          <Base.Popup finalFocus={() => asked.target} className={menuPopup}>
            <MenuItems groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
