"use client";

import { Columns2, Plus, Rows2 } from "lucide-react";
import { useMemo, useState } from "react";
import { closeDock, startDraft, useBookingDock } from "@/components/booking/drafts";
import { useBookingKeys } from "@/components/booking/use-booking-keys";
import { LoadFailed } from "@/components/fleet/load-failed";
import { useBoard } from "@/components/lib/use-board";
import { useNarrow } from "@/components/lib/use-narrow";
import { PlanDay } from "@/components/plans/plan-day";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { PageHeader } from "@/components/ui/page-header";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { BoardLists } from "./board-lists";
import { CountChips } from "./count-chips";
import { type CountName, countTrips, splitTrips, tripsById } from "./split-trips";
import { focusTripPanel, TripDock } from "./trip-dock";
import { unitRows } from "./unit-rows";
import { useBoardKeys } from "./use-board-keys";
import { type BoardLayout, useBoardLayout } from "./use-board-layout";
import { useOpenTrip } from "./use-open-trip";

const noTrips: readonly BoardTrip[] = [];

/** The dispatch board: what waits beside what moves, the units below, and one trip or booking beside it all. */
export function BoardPage() {
  const board = useBoard();
  const open = useOpenTrip();
  const [count, setCount] = useState<CountName | null>(null);
  const [layout, toggleLayout] = useBoardLayout();
  const booking = useBookingDock();
  const { data } = board;
  const split = useMemo(() => data && splitTrips(data.trips), [data]);
  const all = useMemo(() => tripsById(data?.trips ?? noTrips), [data]);
  const counts = useMemo(() => data && countTrips(data.trips), [data]);
  const units = useMemo(() => data && unitRows(data), [data]);
  const openTrip = (tripId: string, edit = false) => {
    closeDock();
    if (!edit && open.tripId === tripId && !booking.open) focusTripPanel();
    else open.openTrip(tripId, edit ? { kind: "edit" } : null);
  };
  useBookingKeys();
  useBoardKeys({ trips: data?.trips ?? noTrips, onOpen: openTrip, onCount: setCount });
  return (
    <>
      <BoardBar layout={layout} onToggleLayout={toggleLayout} counts={counts} count={count} onCount={setCount} />
      <LoadFailed error={data ? null : board.error} onRetry={board.refetch} what="The board" />
      <div className="relative flex min-h-0 flex-1">
        <BoardLists
          key={layout}
          layout={layout}
          split={split}
          all={all}
          units={units}
          count={count}
          openId={open.tripId}
          onOpen={openTrip}
        />
        <TripDock open={open} onClosed={() => focusRow(open.tripId)} />
      </div>
    </>
  );
}

type BarProps = {
  layout: BoardLayout;
  onToggleLayout: () => void;
  counts: Record<CountName, number> | undefined;
  count: CountName | null;
  onCount: (count: CountName | null) => void;
};

/** The bar of the board; on a phone its counts have a line of their own. */
function BoardBar({ layout, onToggleLayout, counts, count, onCount }: BarProps) {
  const booking = useBookingDock();
  const narrow = useNarrow();
  const stacked = layout === "vertical";
  const chips = <CountChips counts={counts} value={count} onChange={onCount} />;
  return (
    <>
      <PageHeader
        title="Board"
        actions={
          <>
            <IconButton
              icon={stacked ? Columns2 : Rows2}
              label={stacked ? "Lists side by side" : "Lists one above the other"}
              onClick={onToggleLayout}
              className="max-md:hidden"
            />
            <span className="max-md:hidden">
              <PlanDay />
            </span>
            <Button variant="primary" size="sm" className="h-7" onClick={() => startDraft()}>
              <Plus size={14} aria-hidden="true" /> New trip
              {booking.drafts.length > 0 && !booking.open ? (
                ` (${booking.drafts.length} drafts)`
              ) : (
                <Kbd keys="N" className="max-sm:hidden" />
              )}
            </Button>
          </>
        }
      >
        {!narrow && chips}
      </PageHeader>
      {narrow && <div className="shrink-0 border-line border-b bg-panel px-2 py-1">{chips}</div>}
    </>
  );
}

/** Back to the row the panel was opened from. */
function focusRow(tripId: string | null) {
  if (tripId)
    document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(tripId)}"]`)?.focus({ preventScroll: true });
}
