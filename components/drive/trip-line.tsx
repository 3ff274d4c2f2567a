"use client";

import { formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { StatusMark } from "@/components/status/status-mark";
import { tripMark } from "@/components/status/status-marks";
import type { TripView } from "@/server/domain/trips/trip-view";

const nameOf = (end: TripView["pickup"] | null) => end?.facilityName ?? end?.address ?? "not set yet";

/** One trip of the run in two lines. */
export function TripLine({ trip, onOpen }: { trip: TripView; onOpen?: () => void }) {
  const { timeZone } = useAgency();
  const { mark, word } = tripMark(trip.status);
  const Row = onOpen ? "button" : "div";
  return (
    <Row
      type={onOpen && "button"}
      onClick={onOpen}
      className="flex min-h-14 w-full items-center gap-3 border-line border-b py-2 text-left last:border-b-0"
    >
      <StatusMark mark={mark} size={20} emergency={trip.priority === "emergency"} />
      <span className="sr-only">{word}</span>
      <span className="w-14 shrink-0">{formatTime(trip.promised.pickupAt ?? trip.times.requestedAt, timeZone)}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{nameOf(trip.pickup)}</span>
        <span className="block truncate text-base text-ink-2">to {nameOf(trip.dropoff)}</span>
      </span>
    </Row>
  );
}
