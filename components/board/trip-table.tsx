"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useMemo, useRef } from "react";
import { later } from "@/components/lib/later";
import { useLocked } from "@/components/lib/privacy";
import { useStable } from "@/components/lib/use-stable";
import { useAgency } from "@/components/lib/viewer";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { EmptyText } from "@/components/ui/data-table/types";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { isClosed } from "@/server/domain/trips/vocabulary";
import { returnFocus } from "./return-focus";
import { isPinned } from "./split-trips";
import { type PaneName, tripColumns } from "./trip-columns";
import { tripMenu } from "./trip-menu";
import { useRowPanel } from "./use-row-panel";
import { useTripActions } from "./use-trip-actions";

const RowPanelView = later(() => import("./row-panel-view").then((part) => part.RowPanelView));

type Props = {
  pane: PaneName;
  label: string;
  rows: readonly BoardTrip[] | undefined;
  /** Every trip of the board: one that left this pane while its order is held shows as it is now. */
  all: ReadonlyMap<string, BoardTrip>;
  openId: string | null;
  onOpen: (trip: BoardTrip, edit?: boolean) => void;
  toolbar: ReactNode;
  selectionActions: (rows: BoardTrip[], clear: () => void) => ReactNode;
  empty: EmptyText;
};

const rowId = (trip: BoardTrip) => trip.id;
const rowLabel = (trip: BoardTrip) => `trip ${trip.number}`;
const rowTone = (trip: BoardTrip) => (isClosed(trip.status) ? ("muted" as const) : undefined);

/** One pane of the board: trips, worked from their rows. */
export function TripTable({ pane, all, onOpen, ...table }: Props) {
  const { timeZone } = useAgency();
  const locked = useLocked();
  const columns = useMemo(() => tripColumns(pane, timeZone, locked), [pane, timeZone, locked]);
  const { panel, onDigits, menu, close, renew, onRowKey } = useTripRows(onOpen, all);
  const box = useRef<HTMLDivElement>(null);
  const closeAndReturn = () => {
    if (panel && box.current) returnFocus(panel.asOf.id, box.current);
    close();
  };
  return (
    <div ref={box} className="h-full min-h-0">
      <DataTable<BoardTrip>
        {...table}
        columns={columns}
        rowId={rowId}
        rowLabel={rowLabel}
        rowTone={pane === "closed" ? undefined : rowTone}
        elsewhere={all}
        pinned={isPinned}
        selectable
        defaultSort={{ id: "pickup", desc: pane === "closed" }}
        onOpen={onOpen}
        actions={menu}
        onRowKey={onRowKey}
        expansion={
          panel && {
            id: panel.asOf.id,
            onClose: close,
            render: (trip) => (
              <RowPanelView
                panel={panel}
                trip={trip}
                onDigits={onDigits}
                onOpen={() => onOpen(trip)}
                onClose={closeAndReturn}
                onRenew={renew}
              />
            ),
          }
        }
      />
    </div>
  );
}

/** What the rows of a pane do, by key and by menu, with a fixed identity. */
function useTripRows(onOpen: Props["onOpen"], all: Props["all"]) {
  const router = useRouter();
  const actions = useTripActions();
  const { panel, onDigits, open, close, onRowKey } = useRowPanel();
  const orSay = (trip: BoardTrip, asked: Promise<unknown>) => {
    asked.catch((error: unknown) => open("refused", trip, error));
  };
  const menu = (trip: BoardTrip) =>
    tripMenu(trip, {
      units: (one) => open("units", one),
      reserve: (one) => open("reserve", one),
      status: (one) => open("status", one),
      cancel: (one) => open("cancel", one),
      flags: (one) => open("flags", one),
      recall: (one) => orSay(one, actions.recall(one)),
      unassign: (one) => orSay(one, actions.unassign(one)),
      ready: (one) => orSay(one, actions.ready(one)),
      open: (one) => onOpen(one),
      edit: (one) => {
        close();
        onOpen(one, true);
      },
      showOnMap: (one) => router.push(`/map?unit=${one.unit?.vehicleId ?? ""}`),
    });
  const renew = () => {
    const now = panel && all.get(panel.asOf.id);
    if (panel && now) open(panel.kind, now);
  };
  return { panel, onDigits, close, renew, ...useStable({ menu, onRowKey }) };
}
