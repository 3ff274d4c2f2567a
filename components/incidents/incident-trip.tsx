"use client";

import type { ReactNode } from "react";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import type { Incident } from "@/server/domain/incidents/incident";
import { isClosed } from "@/server/domain/trips/vocabulary";
import { unitNames } from "./incident-words";

type Props = { trip: Incident["trips"][number]; incident: Pick<Incident, "units">; children: ReactNode };

/** A trip of an incident: its number (or the way to it), its status, and who is on it. */
export function IncidentTrip({ trip, incident, children }: Props) {
  const { mark, word } = tripMark(trip.status);
  return (
    <li className="flex min-h-7 items-center gap-2">
      {children}
      <StatusBadge mark={mark} word={word} emergency={trip.priority === "emergency" && !isClosed(trip.status)} />
      <span className="min-w-0 flex-1 truncate text-right text-ink-2 text-table">{unitNames(incident, trip.id)}</span>
    </li>
  );
}
