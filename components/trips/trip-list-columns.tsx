"use client";

import { PatientData } from "@/components/lib/privacy";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import type { Column } from "@/components/ui/data-table/data-table";
import type { TripEnd, TripView } from "@/server/domain/trips/trip-view";
import { isClosed } from "@/server/domain/trips/vocabulary";
import { momentColumn } from "./moment-column";
import { inWords, LEVEL_SHORT } from "./trip-words";

function End({ end }: { end: TripEnd | null }) {
  if (!end) return <span className="text-ink-3">–</span>;
  if (end.facilityName) return <span title={end.facilityName}>{end.facilityName}</span>;
  return <PatientData>{end.address ?? <span className="text-ink-3">hidden</span>}</PatientData>;
}

const labelOf = (end: TripEnd | null, locked: boolean) => end?.facilityName ?? (locked ? null : end?.address);

const statusColumns = (timeZone: string): Column<TripView>[] => [
  { id: "number", header: "Trip", value: ({ number }) => number, width: 76 },
  momentColumn(timeZone, { id: "when", header: "Wanted", at: ({ times }) => times.requestedAt }),
  {
    id: "status",
    header: "Status",
    value: ({ status }) => tripMark(status).word,
    cell: ({ status, priority }) => (
      <StatusBadge {...tripMark(status)} emergency={priority === "emergency" && !isClosed(status)} />
    ),
    width: { min: 136, grow: 0.6 },
    filter: "choice",
  },
  {
    id: "outcome",
    header: "Outcome",
    value: ({ outcome }) => outcome && inWords(outcome),
    width: { min: 120, grow: 0.6 },
    filter: "choice",
  },
  {
    id: "unit",
    header: "Unit",
    value: ({ assignment }) => assignment?.callSign ?? null,
    width: { min: 64, grow: 0.2 },
    filter: "choice",
  },
];

const rideColumns = (timeZone: string, locked: boolean): Column<TripView>[] => [
  {
    id: "patient",
    header: "Patient",
    value: ({ riderName }) => (locked ? null : riderName),
    cell: ({ riderName, unknownRider }) =>
      unknownRider ? (
        <span className="text-ink-3">not known</span>
      ) : (
        <PatientData>{riderName ?? <span className="text-ink-3">–</span>}</PatientData>
      ),
    width: { min: 120 },
    filter: "text",
  },
  { id: "level", header: "Level", value: ({ level }) => LEVEL_SHORT[level], width: 76, filter: "choice" },
  {
    id: "from",
    header: "From",
    value: ({ pickup }) => labelOf(pickup, locked),
    cell: ({ pickup }) => <End end={pickup} />,
    width: { min: 140, grow: 1.3 },
    filter: "text",
  },
  {
    id: "to",
    header: "To",
    value: ({ dropoff }) => labelOf(dropoff, locked),
    cell: ({ dropoff }) => <End end={dropoff} />,
    width: { min: 140, grow: 1.3 },
    filter: "text",
  },
  momentColumn(timeZone, { id: "completed", header: "Handed over", at: ({ times }) => times.completedAt }),
];

/** The columns of the list of trips. @param locked - patient data is neither sorted, found nor exported */
export const tripListColumns = (timeZone: string, locked: boolean): Column<TripView>[] => [
  ...statusColumns(timeZone),
  ...rideColumns(timeZone, locked),
];
