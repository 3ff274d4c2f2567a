"use client";

import { RowNoteText } from "@/components/board/trip-cells";
import { waitOf } from "@/components/board/wait-words";
import { useNow } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import { plural } from "@/components/lib/format";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import { Elapsed } from "@/components/ui/elapsed";
import { STATUS_MINUTES } from "@/server/domain/exceptions/thresholds";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isClosed } from "@/server/domain/trips/vocabulary";
import { statusSince } from "./seen-trip";
import { inWords } from "./trip-words";

/** What it is doing and for how long: the one number that matters; how it ended, with the evidence. */
export function TripHeadline({ trip }: { trip: TripView }) {
  const { mark, word } = tripMark(trip.status);
  const closed = isClosed(trip.status);
  return (
    <div className="flex flex-col gap-0.5 border-line border-b px-3 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <StatusBadge
          mark={mark}
          word={word}
          emergency={trip.priority === "emergency" && !closed}
          className="font-medium text-title"
        />
        {!closed && <HowLong trip={trip} />}
      </div>
      {trip.assignment?.current && (
        <p className="text-ink-2">
          <span className="font-semibold text-ink">{trip.assignment.callSign}</span>
          {trip.assignment.mode === "stack" && ", queued behind its trip"}
          {trip.assignment.mode === "aboard" && ", shared ride"}
        </p>
      )}
      {closed && <Ending trip={trip} />}
      <RowNoteText tripId={trip.id} />
    </div>
  );
}

const WAIT_TONES = { none: "", warn: "text-caution", alert: "text-danger" } as const;

/** Before it is sent out, how it stands against its time; then how long it is in its status. */
function HowLong({ trip }: { trip: TripView }) {
  const now = useNow();
  const limit = STATUS_MINUTES[trip.status];
  const isWaiting = trip.status === "requested" || trip.status === "reserved";
  if (!isWaiting)
    return (
      <Elapsed
        since={statusSince(trip)}
        warnMin={limit?.warn}
        alertMin={limit?.alert}
        className="font-semibold text-figure"
      />
    );
  if (now === null) return null;
  const { timing, readyAt, times, pickup, promised } = trip;
  const asked = { timing, readyAt, requestedAt: times.requestedAt, pickupAt: pickup.at };
  const wait = waitOf({ ...asked, promisedPickupAt: promised.pickupAt }, now);
  return <span className={cn("whitespace-nowrap font-semibold text-figure", WAIT_TONES[wait.tone])}>{wait.text}</span>;
}

function Ending({ trip }: { trip: TripView }) {
  const { outcome, evidence } = trip;
  const facts = [
    evidence?.waitedMinutes !== undefined && `waited ${evidence.waitedMinutes} min`,
    evidence?.callAttempts !== undefined && `called ${plural(evidence.callAttempts, "time")}`,
  ].filter(Boolean);
  return (
    <p className="text-ink-2">
      {outcome ? inWords(outcome) : <span className="font-medium text-caution">Outcome missing</span>}
      {facts.length > 0 && `, ${facts.join(", ")}`}
    </p>
  );
}
