"use client";

import { TriangleAlert } from "lucide-react";
import { EXCEPTION_WORDS } from "@/components/exceptions/exception-words";
import { useNow } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import { formatDay, formatMoment, formatTime, formatTimeS } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import { LateChip } from "@/components/status/status-badge";
import { hueText, StatusMark } from "@/components/status/status-mark";
import { type Hue, MARKS, type MarkName, tripMark } from "@/components/status/status-marks";
import { supportWords } from "@/components/trips/support-words";
import { DELIVERY_WORDS } from "@/components/trips/trip-words";
import { Elapsed } from "@/components/ui/elapsed";
import { STATUS_MINUTES } from "@/server/domain/exceptions/thresholds";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { isClosed } from "@/server/domain/trips/vocabulary";
import { NOTE_STAYS_MS, type RowNote, useRowNote } from "./row-notes";
import { isOnlyAtRisk, lateMinutes } from "./split-trips";
import { waitOf } from "./wait-words";

/** The time a trip is for: the pickup agreed, else the call; another day shows itself. */
export const pickupTime = (trip: BoardTrip): Date => trip.pickupAt ?? trip.readyAt ?? trip.requestedAt;

export function PickupCell({ trip }: { trip: BoardTrip }) {
  const { timeZone } = useAgency();
  const now = useNow(60_000);
  const at = pickupTime(trip);
  const otherDay = now !== null && formatDay(at, timeZone) !== formatDay(new Date(now), timeZone);
  if (trip.timing === "will_call" && !trip.readyAt) return <span className="text-ink-3">will call</span>;
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)} className="font-medium">
      {formatTime(at, timeZone)}
      {otherDay && <span className="ml-1 font-normal text-ink-3">{formatDay(at, timeZone).split(" ")[0]}</span>}
    </time>
  );
}

export function TimeCell({ at }: { at: Date | null }) {
  const { timeZone } = useAgency();
  if (!at) return <span className="text-ink-3">–</span>;
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)}>
      {formatTime(at, timeZone)}
    </time>
  );
}

const TONES = { none: "text-ink-2", warn: "font-medium text-caution", alert: "font-semibold text-danger" } as const;

/** The mark of a trip; the red ring of an emergency is said to who does not see it. */
const TripMark = ({ mark, isEmergency }: { mark: MarkName; isEmergency: boolean }) => (
  <>
    <StatusMark mark={mark} emergency={isEmergency} />
    {isEmergency && <span className="sr-only">Emergency</span>}
  </>
);

/** How an unassigned trip stands against its time; what was just asked for it comes first. */
export function WaitCell({ trip }: { trip: BoardTrip }) {
  const now = useNow();
  const note = useFreshNote(trip.id);
  if (trip.status !== "requested") return <StatusCell trip={trip} />;
  const wait = now === null ? null : waitOf(trip, now);
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-middle">
      <TripMark mark="requested" isEmergency={trip.priority === "emergency"} />
      {note ? (
        <NoteText note={note} />
      ) : (
        wait && <span className={cn("whitespace-nowrap", TONES[wait.tone])}>{wait.text}</span>
      )}
    </span>
  );
}

/** The rider, hidden while the console is locked. */
export function PatientCell({ trip }: { trip: BoardTrip }) {
  if (trip.unknownRider) return <span className="text-ink-3">not known yet</span>;
  if (!trip.riderName) return <span className="text-ink-3">–</span>;
  return (
    <PatientData>
      <span title={trip.riderName}>{trip.riderName}</span>
    </PatientData>
  );
}

/** A facility's name is no secret; a home address is. */
export function EndCell({ end }: { end: BoardTrip["to"] }) {
  if (!end) return <span className="text-ink-3">not known yet</span>;
  const label = end.label ?? "address hidden";
  const text = <span title={label}>{label}</span>;
  return end.facilityId ? text : <PatientData>{text}</PatientData>;
}

const ALARM = { none: "text-caution", warn: "font-medium text-caution", alert: "font-semibold text-danger" } as const;

/** Mark, word, and for how long; until a dispatch is acknowledged, the word is how far it got. */
export function StatusCell({ trip }: { trip: BoardTrip }) {
  const note = useFreshNote(trip.id);
  const { mark, word } = tripMark(trip.status);
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-middle">
      <TripMark mark={mark} isEmergency={trip.priority === "emergency" && !isClosed(trip.status)} />
      {note ? <NoteText note={note} /> : <StatusText trip={trip} word={word} hue={MARKS[mark].hue} />}
    </span>
  );
}

function StatusText({ trip, word, hue }: { trip: BoardTrip; word: string; hue: Hue }) {
  const limit = STATUS_MINUTES[trip.status];
  const { unit } = trip;
  const told = unit?.status === "dispatched" && trip.status === "dispatched" ? unit : null;
  return (
    <>
      {told ? (
        <span
          title={`${word}, ${DELIVERY_WORDS[told.delivery].toLowerCase()}`}
          className={cn("shrink-0", ALARM[told.alarm])}
        >
          {DELIVERY_WORDS[told.delivery]}
        </span>
      ) : (
        <span className="shrink-0" style={{ color: hueText(hue) }}>
          {word}
        </span>
      )}
      <Elapsed since={trip.statusSince} warnMin={limit?.warn} alertMin={limit?.alert} className="text-ink-3" />
    </>
  );
}

/** What this console asked for a trip, until it is old. */
function useFreshNote(tripId: string): RowNote | null {
  const note = useRowNote(tripId);
  const now = useNow();
  if (!note) return null;
  const isOld = note.phase === "done" && now !== null && now - note.at.getTime() > NOTE_STAYS_MS;
  return isOld ? null : note;
}

/** "sending M12", then "M12 told 14:32:08". */
function NoteText({ note }: { note: RowNote }) {
  const { timeZone } = useAgency();
  if (note.phase === "sending")
    return (
      <span className="animate-[breathe_1s_infinite] whitespace-nowrap font-medium text-accent">{note.words}</span>
    );
  return (
    <span
      title={note.recallable ? "Z recalls the unit" : undefined}
      className="inline-flex min-w-0 gap-1 font-medium text-good"
    >
      <span className="truncate">{note.words}</span> <span className="shrink-0">{formatTimeS(note.at, timeZone)}</span>
    </span>
  );
}

/** The same beside a trip that is open in the panel. */
export function RowNoteText({ tripId }: { tripId: string }) {
  const note = useFreshNote(tripId);
  return note && <NoteText note={note} />;
}

/** The unit that has it, and who is there beside it: "M7 +M12 assist". */
export function UnitCell({ trip }: { trip: BoardTrip }) {
  const beside = supportWords(trip.supports);
  return (
    <span title={[trip.unit?.callSign, beside].filter(Boolean).join(" ")}>
      <span className="font-semibold">{trip.unit?.callSign ?? "–"}</span>
      {beside && <span className="ml-1 text-ink-2">{beside}</span>}
    </span>
  );
}

export const LateCell = ({ trip }: { trip: BoardTrip }) => (
  <LateChip lateMin={lateMinutes(trip)} estimated={isOnlyAtRisk(trip)} />
);

export function NeedsCell({ trip }: { trip: BoardTrip }) {
  const text = trip.needs.map((need) => need.replaceAll("_", " ")).join(", ");
  return text ? <span title={text}>{text}</span> : <span className="text-ink-3">–</span>;
}

const URGENT: readonly string[] = ["crew_emergency", "trip_returned", "not_acknowledged", "late", "will_call_waiting"];

/** What must be looked at, in words; the worst first. */
export function FlagsCell({ trip }: { trip: BoardTrip }) {
  const [first, ...more] = trip.exceptions;
  if (!first) return <span className="text-ink-3">–</span>;
  const all = trip.exceptions.map((kind) => EXCEPTION_WORDS[kind]).join(", ");
  return (
    <span
      title={all}
      className={cn(
        "inline-flex max-w-full items-center align-middle gap-1",
        URGENT.includes(first) ? "text-danger" : "text-caution",
      )}
    >
      <TriangleAlert size={12} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{EXCEPTION_WORDS[first]}</span>
      {more.length > 0 && <span className="shrink-0 font-medium">+{more.length}</span>}
    </span>
  );
}
