"use client";

import { useMemo, useState } from "react";
import { DockArea } from "@/components/board/dock-area";
import { useOpenTrip } from "@/components/board/use-open-trip";
import { LoadFailed } from "@/components/fleet/load-failed";
import { nowMs } from "@/components/lib/clock";
import { useLocked } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import { dayIn } from "@/components/lib/zoned-time";
import { DataTable } from "@/components/ui/data-table/data-table";
import { LoadMore } from "@/components/ui/load-more";
import type { TripView } from "@/server/domain/trips/trip-view";
import { LaterTripPanel } from "./later-trip-panel";
import { TripFilterBar } from "./trip-filter-bar";
import { daysOf, type TripFilters } from "./trip-filters";
import { tripListColumns } from "./trip-list-columns";
import { TripsHeader } from "./trips-header";
import { useTripList } from "./use-trip-list";

const rowId = (trip: TripView) => trip.id;
const rowLabel = (trip: TripView) => `trip ${trip.number}`;

/** Every trip, by period, status, vehicle, or by what the caller says: a name, a phone number, a trip's number. */
export function TripsPage() {
  const { timeZone } = useAgency();
  const locked = useLocked();
  const [today] = useState(() => dayIn(timeZone, new Date(nowMs())));
  const [filters, setFilters] = useState<TripFilters>(() => ({
    ...daysOf("week", today),
    status: "any",
    vehicleId: null,
    q: "",
  }));
  const list = useTripList(filters);
  const open = useOpenTrip();
  const columns = useMemo(() => tripListColumns(timeZone, locked), [timeZone, locked]);
  return (
    <>
      <TripsHeader current="All trips" />
      <TripFilterBar filters={filters} today={today} onChange={(part) => setFilters({ ...filters, ...part })} />
      <LoadFailed error={list.trips ? null : list.error} onRetry={list.refetch} what="The trips" />
      <div className="relative flex min-h-0 flex-1">
        <DataTable<TripView>
          label="Trips"
          columns={columns}
          rows={list.trips}
          rowId={rowId}
          rowLabel={rowLabel}
          selectable
          openId={open.tripId}
          onOpen={(trip) => open.openTrip(trip.id)}
          defaultSort={{ id: "when", desc: true }}
          toolbar={<LoadMore list={list} />}
          empty={{ title: "No trips like that", hint: "Choose a longer period, or another spelling." }}
          className="flex-1"
        />
        {open.tripId && (
          <DockArea>
            <LaterTripPanel
              key={open.tripId}
              tripId={open.tripId}
              ask={open.ask}
              onAsk={open.setAsk}
              onClose={() => open.openTrip(null)}
            />
          </DockArea>
        )}
      </div>
    </>
  );
}
