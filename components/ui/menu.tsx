"use client";

import { ContextMenu as BaseContext } from "@base-ui/react/context-menu";
import { Menu as Base } from "@base-ui/react/menu";
import type { LucideIcon } from "lucide-react";
import type { ReactElement } from "react";
import { cn } from "@/components/lib/cn";
import { Kbd } from "./kbd";

export type MenuAction = {
  id: string;
  label: string;
  run: () => void;
  icon?: LucideIcon;
  /** Shown at the end of the row, as "D". */
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
};
/** Groups of actions, parted by a line. */
export type MenuGroups = readonly (readonly MenuAction[])[];

const popup = "popup max-h-(--available-height) min-w-48 overflow-y-auto p-1";

function MenuItems({ groups }: { groups: MenuGroups }) {
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
          <Base.Popup className={popup}>
            <MenuItems groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same actions by right click (or the menu key) on `children`. */
export function ContextMenu({ groups, children }: { groups: MenuGroups; children: ReactElement }) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal>
        <BaseContext.Positioner collisionPadding={8} className="z-50">
          <BaseContext.Popup className={popup}>
            <MenuItems groups={groups} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}
