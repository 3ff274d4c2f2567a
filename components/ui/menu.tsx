"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import { cn } from "@/components/lib/cn";
import { Kbd } from "./kbd";
import type { MenuGroups } from "./menu-actions";

export const menuPopup = "popup max-h-(--available-height) min-w-48 overflow-y-auto p-1";

export function MenuItems({ groups }: { groups: MenuGroups }) {
  const shown = groups.filter((group) => group.length > 0);
  return shown.map((group, index) => (
    <Base.Group key={group[0]?.id}>
      {index > 0 && <Base.Separator className="-mx-1 my-1 h-px bg-line" />}
      {group.map(({ id, label, run, icon: Icon, shortcut, danger, disabled }) => (
        <Base.Item key={id} onClick={run} disabled={disabled} className={cn("menu-item", danger && "text-danger")}>
          {Icon && <Icon size={14} aria-hidden="true" className={danger ? undefined : "text-ink-3"} />}
          <span className="flex-1">{label}</span>
          {shortcut && <Kbd keys={shortcut} />}
        </Base.Item>
      ))}
    </Base.Group>
  ));
}

type MenuProps = {
  trigger: ReactElement;
  groups: MenuGroups;
  align?: "start" | "end";
  side?: "top" | "right" | "bottom";
};

/** Actions behind a button. */
export function Menu({ trigger, groups, align = "end", side = "bottom" }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className={menuPopup}>
            <MenuItems groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
