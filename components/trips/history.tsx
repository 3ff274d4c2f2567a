"use client";

import { cn } from "@/components/lib/cn";
import { formatMoment, formatTime, formatTimeS } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import { Skeleton } from "@/components/ui/skeleton";
import type { TripEventView } from "@/server/domain/trips/board-view";
import type { AssignmentView, TripView } from "@/server/domain/trips/trip-view";
import type { EventSource } from "@/server/domain/trips/vocabulary";
import { eventText } from "./event-text";
import { Section } from "./section";
import { inWords, LEVEL_SHORT, MODE_WORDS, SOURCE_WORDS } from "./trip-words";

/** Every unit that had the trip, and why it let go of it. */
export function AssignmentHistory({ trip }: { trip: TripView }) {
  if (trip.assignments.length === 0) return null;
  return (
    <Section title="Units">
      <ol>
        {trip.assignments.map((one) => (
          <AssignmentLine key={one.id} one={one} />
        ))}
      </ol>
    </Section>
  );
}

function AssignmentLine({ one }: { one: AssignmentView }) {
  const { timeZone } = useAgency();
  return (
    <li className="flex min-h-7 items-baseline gap-2">
      <span className={cn("w-14 shrink-0 font-semibold", !one.current && "text-ink-2")}>{one.callSign}</span>
      <span className="min-w-0 flex-1 truncate text-table">
        {one.role === "transport" ? MODE_WORDS[one.mode] : inWords(one.role)}
        {one.levelSent && `, ${LEVEL_SHORT[one.levelSent]}`}
        <span className="text-ink-3">, truck {one.vehicleNo}</span>
      </span>
      <span className="shrink-0 text-ink-2 text-table">
        {formatTime(one.assignedAt, timeZone)}
        {one.endedAt && ` to ${formatTime(one.endedAt, timeZone)}`}
        {one.endReason && `, ${inWords(one.endReason).toLowerCase()}`}
      </span>
    </li>
  );
}

/** What happened, newest first: when, who, from where, why; a correction stands beside what it replaced. */
export function EventList({ events }: { events: readonly TripEventView[] | undefined }) {
  if (!events) return <Skeleton className="m-3 w-2/3" />;
  const replaced = new Set(events.map(({ replaces }) => replaces));
  return (
    <Section title="Events">
      <ol className="flex flex-col gap-2">
        {events.toReversed().map((event) => (
          <EventLine key={event.id} event={event} isReplaced={replaced.has(event.id)} />
        ))}
      </ol>
    </Section>
  );
}

/** Seconds between happening and recording that make it a late report. */
const LATE_S = 60;

function EventLine({ event, isReplaced }: { event: TripEventView; isReplaced: boolean }) {
  const { timeZone } = useAgency();
  const show = (at: Date) => formatTimeS(at, timeZone);
  const isLate = (event.recordedAt.getTime() - event.happenedAt.getTime()) / 1000 > LATE_S;
  return (
    <li className="grid grid-cols-[60px_minmax(0,1fr)] gap-x-2">
      <time
        dateTime={event.happenedAt.toISOString()}
        title={`Happened ${formatMoment(event.happenedAt, timeZone)}, recorded ${formatMoment(event.recordedAt, timeZone)}`}
        className="text-ink-2 text-table"
      >
        {show(event.happenedAt)}
      </time>
      <div className="min-w-0">
        <p className={cn(isReplaced && "text-ink-3 line-through")}>{eventText(event, show)}</p>
        <p className="text-ink-3 text-table">
          {event.actor?.name ?? (event.source === "system" ? "Runboard" : "unknown")} ·{" "}
          {SOURCE_WORDS[event.source as EventSource]}
          {isLate && ` · recorded ${show(event.recordedAt)}`}
        </p>
        {event.reason && (
          <p className="text-ink-2 text-table">
            <PatientData>{event.reason}</PatientData>
          </p>
        )}
      </div>
    </li>
  );
}
