"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { refusalText } from "@/components/lib/errors";
import { plural } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useTRPC } from "@/components/lib/trpc";
import { useAsking } from "@/components/lib/use-asking";
import { Section } from "@/components/trips/section";
import { Button } from "@/components/ui/button";
import { IncidentTrip } from "./incident-trip";
import { isOver, unitCount } from "./incident-words";
import { useIncidentChanges } from "./use-incident-changes";

type Props = { incidentId: string; tripId: string; mayChange: boolean };

/** What a trip is part of: "Incident I-00012: 3 trips, 4 units", with a link to each of the others. */
export function IncidentSection({ incidentId, tripId, mayChange }: Props) {
  const trpc = useTRPC();
  const { data: incident, error } = useQuery(trpc.incidents.get.queryOptions({ incidentId }, { retry: false }));
  const changes = useIncidentChanges();
  const { asking, error: refused, ask } = useAsking<"detach" | "close">();
  if (error) return <Section title="Incident">{refusalText(error)}</Section>;
  if (!incident) return null;
  const { trips, number, closedAt, notes } = incident;
  return (
    <Section
      title={`Incident ${number}: ${plural(trips.length, "trip")}, ${plural(unitCount(incident), "unit")}`}
      tools={
        mayChange &&
        closedAt === null && (
          <span className="flex gap-1">
            <Button
              size="sm"
              variant="ghost"
              busy={asking === "detach"}
              onClick={() => ask("detach", () => changes.detach({ incidentId, tripId }))}
            >
              Take this trip out
            </Button>
            {isOver(incident) && (
              <Button
                size="sm"
                variant="ghost"
                busy={asking === "close"}
                onClick={() => ask("close", () => changes.close({ incidentId, version: incident.version }))}
              >
                Close
              </Button>
            )}
          </span>
        )
      }
    >
      {closedAt && <p className="text-ink-2 text-table">Closed</p>}
      {notes && (
        <p className="whitespace-pre-line text-ink-2">
          <PatientData>{notes}</PatientData>
        </p>
      )}
      <ul aria-label={`Trips of incident ${number}`}>
        {trips.map((trip) => (
          <IncidentTrip key={trip.id} trip={trip} incident={incident}>
            <TripNumber trip={trip} isThis={trip.id === tripId} />
          </IncidentTrip>
        ))}
      </ul>
      {refused !== null && (
        <p role="alert" className="text-danger text-table">
          {refusalText(refused)}
        </p>
      )}
    </Section>
  );
}

function TripNumber({ trip, isThis }: { trip: { id: string; number: string }; isThis: boolean }) {
  if (isThis) return <span className="font-semibold">{trip.number}</span>;
  return (
    <Link href={`?trip=${trip.id}`} className="font-medium text-accent hover:underline">
      {trip.number}
    </Link>
  );
}
