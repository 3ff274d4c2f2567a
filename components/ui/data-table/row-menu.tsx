import { type MouseEvent, useCallback, useState } from "react";
import { later } from "@/components/lib/later";
import type { HeldRow } from "@/components/lib/row-order";
import type { ContextMenuProps } from "@/components/ui/context-menu";
import type { MenuGroups } from "@/components/ui/menu-actions";

const ContextMenu = later(() => import("@/components/ui/context-menu").then((part) => part.ContextMenu));

type Asked = ContextMenuProps["asked"] & { id: string };

/** The menu of the row that was right-clicked: one for the whole table, its actions as they are now. */
export function useRowMenu<Row>(rows: readonly HeldRow<Row>[], actions: ((row: Row) => MenuGroups) | undefined) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const held = asked && rows.find(({ id }) => id === asked.id);
  const ask = useCallback((id: string, event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    setAsked({ id, x: event.clientX, y: event.clientY, target: event.currentTarget });
  }, []);
  const menu = asked && held && !held.gone && actions && (
    <ContextMenu groups={actions(held.row)} asked={asked} onClosed={() => setAsked(null)} />
  );
  return { ask, menu };
}
