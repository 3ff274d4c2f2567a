"use client";

import { useMemo, useState } from "react";
import { DockArea } from "@/components/board/dock-area";
import { useOpenTrip } from "@/components/board/use-open-trip";
import { LoadFailed } from "@/components/fleet/load-failed";
import { useLocked } from "@/components/lib/privacy";
import { useAddressParam } from "@/components/lib/use-address-param";
import { useAgency } from "@/components/lib/viewer";
import { LaterTripPanel } from "@/components/trips/later-trip-panel";
import { TripsHeader } from "@/components/trips/trips-header";
import { DataTable } from "@/components/ui/data-table/data-table";
import { LoadMore } from "@/components/ui/load-more";
import type { Incident } from "@/server/domain/incidents/incident";
import { IncidentFilterBar } from "./incident-filter-bar";
import { incidentListColumns } from "./incident-list-columns";
import { IncidentPanel } from "./incident-panel";
import { type IncidentFilters, useIncidentList } from "./use-incident-list";

const rowId = (incident: Incident) => incident.id;
const rowLabel = (incident: Incident) => `incident ${incident.number}`;
const EMPTY: Record<IncidentFilters["status"], string> = {
  open: "No open incident",
  closed: "No closed incident",
  any: "No incident yet",
};

const emptyText = ({ q, status }: IncidentFilters) =>
  q.trim()
    ? { title: "No incident of that number", hint: "Look among all, or try the number of a trip: T-12." }
    : { title: EMPTY[status], hint: "Open one from a trip: its menu, or the actions of its panel." };

/** Every incident, with its trips and units; one of them, or a trip of it, beside the list. */
export function IncidentsPage() {
  const { timeZone } = useAgency();
  const locked = useLocked();
  const [filters, setFilters] = useState<IncidentFilters>({ status: "open", q: "" });
  const [incidentId, setIncidentId] = useAddressParam("incident");
  const list = useIncidentList(filters);
  const trip = useOpenTrip();
  const columns = useMemo(() => incidentListColumns(timeZone, locked), [timeZone, locked]);
  const openIncident = (id: string | null) => {
    trip.openTrip(null);
    setIncidentId(id);
  };
  return (
    <>
      <TripsHeader current="Incidents" />
      <IncidentFilterBar filters={filters} onChange={(part) => setFilters({ ...filters, ...part })} />
      <LoadFailed error={list.incidents ? null : list.error} onRetry={list.refetch} what="The incidents" />
      <div className="relative flex min-h-0 flex-1">
        <DataTable<Incident>
          label="Incidents"
          columns={columns}
          rows={list.incidents}
          rowId={rowId}
          rowLabel={rowLabel}
          openId={incidentId}
          onOpen={({ id }) => openIncident(id)}
          rowTone={({ closedAt }) => (closedAt ? "muted" : undefined)}
          defaultSort={{ id: "opened", desc: true }}
          toolbar={<LoadMore list={list} />}
          empty={emptyText(filters)}
          className="flex-1"
        />
        <Beside trip={trip} incidentId={incidentId} onClose={() => openIncident(null)} />
      </div>
    </>
  );
}

type BesideProps = { trip: ReturnType<typeof useOpenTrip>; incidentId: string | null; onClose: () => void };

/** The trip that was chosen in an incident, else the incident; closing the trip leads back to it. */
function Beside({ trip, incidentId, onClose }: BesideProps) {
  const { tripId, ask, setAsk, openTrip } = trip;
  if (tripId)
    return (
      <DockArea>
        <LaterTripPanel key={tripId} tripId={tripId} ask={ask} onAsk={setAsk} onClose={() => openTrip(null)} />
      </DockArea>
    );
  if (!incidentId) return null;
  return (
    <DockArea>
      <IncidentPanel key={incidentId} incidentId={incidentId} onTrip={openTrip} onClose={onClose} />
    </DockArea>
  );
}
