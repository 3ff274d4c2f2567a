"use client";

import { useQuery } from "@tanstack/react-query";
import { useMay } from "@/components/fleet/use-may";
import { refusalText } from "@/components/lib/errors";
import { formatMoment, plural } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useTRPC } from "@/components/lib/trpc";
import { useAsking } from "@/components/lib/use-asking";
import { useAgency } from "@/components/lib/viewer";
import { Section } from "@/components/trips/section";
import { Button } from "@/components/ui/button";
import { DockedPanel } from "@/components/ui/docked-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Incident } from "@/server/domain/incidents/incident";
import { IncidentTrip } from "./incident-trip";
import { isOver, unitCount } from "./incident-words";
import { useIncidentChanges } from "./use-incident-changes";

type Props = { incidentId: string; onTrip: (tripId: string) => void; onClose: () => void };

/** One incident beside the list: what happened, its trips with who is on them, and its end. */
export function IncidentPanel({ incidentId, onTrip, onClose }: Props) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.incidents.get.queryOptions({ incidentId }, { retry: false }));
  if (data) return <Shown incident={data} onTrip={onTrip} onClose={onClose} />;
  return (
    <DockedPanel title="Incident" onClose={onClose}>
      {error ? (
        <EmptyState
          title="This incident can't be shown"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          {refusalText(error)}
        </EmptyState>
      ) : (
        <Skeleton className="m-3 w-2/3" />
      )}
    </DockedPanel>
  );
}

function Shown({ incident, onTrip, onClose }: { incident: Incident } & Pick<Props, "onTrip" | "onClose">) {
  const { timeZone } = useAgency();
  const mayClose = useMay("incidents.write") && incident.closedAt === null && isOver(incident);
  const { close } = useIncidentChanges();
  const { asking, error, ask } = useAsking();
  const { id, number, version, trips, notes, openedAt, closedAt } = incident;
  const end = () => ask("asking", () => close({ incidentId: id, version }));
  return (
    <DockedPanel
      title={number}
      meta={closedAt ? "closed" : "open"}
      actions={
        mayClose && (
          <Button size="sm" busy={asking !== null} onClick={end}>
            Close {number}
          </Button>
        )
      }
      onClose={onClose}
    >
      {error !== null && (
        <p role="alert" className="px-3 py-2 text-danger">
          {refusalText(error)}
        </p>
      )}
      <Section title="What happened">
        <p className="whitespace-pre-line">
          <PatientData>{notes ?? <span className="text-ink-3">Nothing written down</span>}</PatientData>
        </p>
        <p className="mt-1 text-ink-2 text-table">
          Opened {formatMoment(openedAt, timeZone)}
          {closedAt && `, closed ${formatMoment(closedAt, timeZone)}`}
        </p>
      </Section>
      <Section title={`${plural(trips.length, "trip")}, ${plural(unitCount(incident), "unit")}`}>
        {trips.length === 0 && <p className="text-ink-3">Attach trips from their panels.</p>}
        <ul aria-label={`Trips of incident ${number}`}>
          {trips.map((trip) => (
            <IncidentTrip key={trip.id} trip={trip} incident={incident}>
              <button type="button" className="font-medium text-accent hover:underline" onClick={() => onTrip(trip.id)}>
                {trip.number}
              </button>
            </IncidentTrip>
          ))}
        </ul>
      </Section>
    </DockedPanel>
  );
}
