"use client";

import { formatDay, formatMoment, formatTime } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import type { Column } from "@/components/ui/data-table/data-table";
import type { Incident } from "@/server/domain/incidents/incident";
import { openTripWords, unitNames } from "./incident-words";

function When({ at }: { at: Date | null }) {
  const { timeZone } = useAgency();
  if (!at) return <span className="text-ink-3">–</span>;
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)}>
      <span className="text-ink-2">{formatDay(at, timeZone)}</span> {formatTime(at, timeZone)}
    </time>
  );
}

const timeColumn = (
  timeZone: string,
  column: { id: string; header: string; at: (incident: Incident) => Date | null },
): Column<Incident> => ({
  id: column.id,
  header: column.header,
  value: (row) => column.at(row)?.getTime() ?? null,
  exportValue: (row) => {
    const at = column.at(row);
    return at && formatMoment(at, timeZone);
  },
  cell: (row) => <When at={column.at(row)} />,
  width: 124,
});

/** The columns of the list of incidents. @param locked - what may name a patient is neither sorted, found nor exported */
export const incidentListColumns = (timeZone: string, locked: boolean): Column<Incident>[] => [
  { id: "number", header: "Incident", value: ({ number }) => number, width: 84 },
  timeColumn(timeZone, { id: "opened", header: "Opened", at: ({ openedAt }) => openedAt }),
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
  timeColumn(timeZone, { id: "closed", header: "Closed", at: ({ closedAt }) => closedAt }),
];
