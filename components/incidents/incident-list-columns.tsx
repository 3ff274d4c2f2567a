"use client";

import { PatientData } from "@/components/lib/privacy";
import { momentColumn } from "@/components/trips/moment-column";
import type { Column } from "@/components/ui/data-table/data-table";
import type { Incident } from "@/server/domain/incidents/incident";
import { openTripWords, unitNames } from "./incident-words";

/** The columns of the list of incidents. @param locked - what may name a patient is neither sorted, found nor exported */
export const incidentListColumns = (timeZone: string, locked: boolean): Column<Incident>[] => [
  { id: "number", header: "Incident", value: ({ number }) => number, width: 84 },
  momentColumn(timeZone, { id: "opened", header: "Opened", at: ({ openedAt }) => openedAt }),
  {
    id: "status",
    header: "Status",
    value: ({ closedAt }) => (closedAt ? "Closed" : "Open"),
    width: 84,
    filter: "choice",
  },
  {
    id: "trips",
    header: "Trips",
    value: ({ trips }) => trips.length,
    cell: ({ trips }) => openTripWords(trips),
    width: 108,
  },
  {
    id: "numbers",
    header: "Which",
    value: ({ trips }) => trips.map(({ number }) => number).join(" "),
    width: { min: 140 },
    filter: "text",
  },
  { id: "units", header: "Units", value: (row) => unitNames(row), width: { min: 120 }, filter: "text" },
  {
    id: "notes",
    header: "What happened",
    value: ({ notes }) => (locked ? null : notes),
    cell: ({ notes }) => <PatientData>{notes ?? <span className="text-ink-3">–</span>}</PatientData>,
    width: { min: 180, grow: 2 },
    filter: "text",
  },
  momentColumn(timeZone, { id: "closed", header: "Closed", at: ({ closedAt }) => closedAt }),
];
