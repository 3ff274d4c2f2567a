"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { refusalText } from "@/components/lib/errors";
import { plural } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useTRPC } from "@/components/lib/trpc";
import { useAsking } from "@/components/lib/use-asking";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import { Section } from "@/components/trips/section";
import { ROLE_WORDS } from "@/components/trips/trip-words";
import { Button } from "@/components/ui/button";
import type { Incident } from "@/server/domain/incidents/incident";
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
  const { trips, units, number, closedAt, notes } = incident;
  const isOver = trips.every(({ status }) => tripIsOver(status));
  return (
    <Section
      title={`Incident ${number}: ${plural(trips.length, "trip")}, ${plural(unitCount(units), "unit")}`}
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
            {isOver && (
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
          <IncidentTrip key={trip.id} trip={trip} units={units} isThis={trip.id === tripId} />
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

const tripIsOver = (status: string) => ["completed", "cancelled", "no_show", "not_transported"].includes(status);

/** A unit that has several of the trips counts once. */
const unitCount = (units: Incident["units"]) => new Set(units.map(({ shiftId }) => shiftId)).size;

type TripProps = { trip: Incident["trips"][number]; units: Incident["units"]; isThis: boolean };

function IncidentTrip({ trip, units, isThis }: TripProps) {
  const { mark, word } = tripMark(trip.status);
  const own = units.filter(({ tripId }) => tripId === trip.id);
  const names = own.map(({ callSign, role }) => (role === "transport" ? callSign : `+${callSign} ${ROLE_WORDS[role]}`));
  return (
    <li className="flex min-h-7 items-center gap-2">
      {isThis ? (
        <span className="font-semibold">{trip.number}</span>
      ) : (
        <Link href={`?trip=${trip.id}`} className="font-medium text-accent hover:underline">
          {trip.number}
        </Link>
      )}
      <StatusBadge mark={mark} word={word} emergency={trip.priority === "emergency" && !tripIsOver(trip.status)} />
      <span className="min-w-0 flex-1 truncate text-right text-ink-2 text-table">{names.join(" ")}</span>
    </li>
  );
}
