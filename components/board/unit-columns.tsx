"use client";

import { TriangleAlert } from "lucide-react";
import { useNow } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import { formatAge, formatMoment, formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { LateChip } from "@/components/status/status-badge";
import { hueText, StatusMark } from "@/components/status/status-mark";
import { MARKS } from "@/components/status/status-marks";
import { LEVEL_SHORT, STOP_WORDS } from "@/components/trips/trip-words";
import type { Column } from "@/components/ui/data-table/data-table";
import { Elapsed } from "@/components/ui/elapsed";
import { LEVELS } from "@/server/domain/trips/vocabulary";
import { ageSeconds, freshnessOf } from "@/server/domain/units/freshness";
import { EndCell, TimeCell } from "./trip-cells";
import type { UnitRow } from "./unit-rows";

function StateCell({ unit }: { unit: UnitRow }) {
  return (
    <span className="inline-flex max-w-full items-center align-middle gap-1.5">
      <span className="shrink-0" style={{ color: hueText(MARKS[unit.mark].hue) }}>
        {unit.word}
      </span>
      {unit.emergency && <span className="font-semibold text-danger">Emergency</span>}
      <LateChip lateMin={unit.lateMin} estimated={unit.lateIsEstimate} />
      {unit.stateReason && unit.trips.length === 0 && <span className="truncate text-ink-3">{unit.stateReason}</span>}
    </span>
  );
}

function NextCell({ unit }: { unit: UnitRow }) {
  const { timeZone } = useAgency();
  const { nextStop } = unit;
  if (!nextStop) return <span className="text-ink-3">–</span>;
  const trip = [...unit.trips, ...unit.held].find(({ id }) => id === nextStop.tripId);
  const at = nextStop.etaAt ?? nextStop.plannedAt;
  return (
    <span className="inline-flex max-w-full items-center align-middle gap-1.5">
      <span className="shrink-0 text-ink-2">{STOP_WORDS[nextStop.kind]}</span>
      {at && <span className="shrink-0 font-medium">{formatTime(at, timeZone)}</span>}
      {trip && (
        <span className="min-w-0 truncate">
          <EndCell end={nextStop.kind === "pickup" ? trip.from : trip.to} />
        </span>
      )}
    </span>
  );
}

/** The trips it was told, and how many it holds besides. */
function TripsCell({ unit: { trips, held } }: { unit: UnitRow }) {
  const told = trips.map(({ number }) => number).join(", ");
  if (!told && held.length === 0) return <span className="text-ink-3">–</span>;
  const all = [...trips, ...held].map(({ number }) => number).join(", ");
  return (
    <span title={all}>
      {told} {held.length > 0 && <span className="text-ink-3">{`${told ? "+" : ""}${held.length} held`}</span>}
    </span>
  );
}

/** How old its last fix is: quiet while fresh, then more and more doubtful, with the reason if it is known. */
function FixCell({ unit }: { unit: UnitRow }) {
  const now = useNow(5000);
  const { timeZone } = useAgency();
  if (!unit.position || now === null) return <span className="text-ink-3">no fix</span>;
  const ageS = ageSeconds(unit.position, new Date(now));
  const freshness = freshnessOf(ageS);
  const doubtful = unit.signedOnAt !== null && (freshness === "stale" || freshness === "dark");
  return (
    <span
      title={[formatMoment(unit.position.takenAt, timeZone), unit.darkReason].filter(Boolean).join(": ")}
      className={cn(
        "inline-flex items-center align-middle gap-1",
        doubtful ? "font-medium text-caution" : "text-ink-3",
      )}
    >
      {doubtful && <TriangleAlert size={12} aria-hidden="true" />}
      {freshness === "dark" ? "dark " : freshness === "stale" ? "? " : ""}
      {formatAge(ageS)}
    </span>
  );
}

/** Free ones first, then by how far their trip is; the name parts equals. */
const STATE_ORDER = Object.keys(MARKS);

export const unitColumns: Column<UnitRow>[] = [
  {
    id: "unit",
    header: "Unit",
    value: ({ callSign }) => callSign,
    cell: (unit) => (
      <span title={unit.callSign} className="inline-flex max-w-full items-center align-middle gap-1.5 font-semibold">
        <StatusMark mark={unit.mark} emergency={unit.emergency} />
        <span className="truncate">{unit.callSign}</span>
      </span>
    ),
    width: 84,
  },
  {
    id: "state",
    header: "State",
    value: ({ mark, word }) => `${String(STATE_ORDER.indexOf(mark)).padStart(2, "0")} ${word}`,
    exportValue: ({ word }) => word,
    cell: (unit) => <StateCell unit={unit} />,
    width: { min: 132, grow: 1 },
  },
  {
    id: "since",
    header: "Since",
    value: ({ since }) => since?.getTime() ?? null,
    exportValue: ({ since }) => since?.toISOString() ?? null,
    cell: ({ since }) =>
      since ? <Elapsed since={since} className="text-ink-2" /> : <span className="text-ink-3">–</span>,
    width: 72,
  },
  {
    id: "next",
    header: "Next stop",
    value: ({ nextStop }) => nextStop && STOP_WORDS[nextStop.kind],
    cell: (unit) => <NextCell unit={unit} />,
    width: { min: 168, grow: 1.6 },
  },
  {
    id: "trips",
    header: "Trips",
    value: ({ trips }) => trips.map(({ number }) => number).join(", ") || null,
    cell: (unit) => <TripsCell unit={unit} />,
    width: { min: 104, grow: 0.6 },
  },
  {
    id: "until",
    header: "Until",
    value: ({ stateUntil }) => stateUntil?.getTime() ?? null,
    exportValue: ({ stateUntil }) => stateUntil?.toISOString() ?? null,
    cell: ({ stateUntil }) => <TimeCell at={stateUntil} />,
    width: 56,
  },
  {
    id: "levels",
    header: "Levels",
    value: ({ levels }) =>
      LEVELS.filter((level) => levels.includes(level))
        .map((level) => LEVEL_SHORT[level])
        .join(" "),
    width: { min: 72, grow: 0.5 },
  },
  {
    id: "crew",
    header: "Crew",
    value: ({ crew }) => crew.map(({ name }) => name).join(", ") || null,
    width: { min: 104, grow: 0.9 },
  },
  {
    id: "end",
    header: "Shift end",
    value: ({ endsAt }) => endsAt.getTime(),
    exportValue: ({ endsAt }) => endsAt.toISOString(),
    cell: ({ endsAt }) => <TimeCell at={endsAt} />,
    width: 68,
  },
  {
    id: "fix",
    header: "Last fix",
    value: ({ position }) => position?.ageS ?? null,
    cell: (unit) => <FixCell unit={unit} />,
    width: 88,
  },
];
