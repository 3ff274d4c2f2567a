"use client";

import { Check, Circle } from "lucide-react";
import { useNow } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import { formatElapsed, formatTimeS } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { deliveryAlarm, waitingForAckS } from "@/server/domain/dispatch/delivery-ladder";
import type { TripView } from "@/server/domain/trips/trip-view";
import { Section } from "./section";

/** How far the call got: sent, on the phone, seen, acknowledged; and whether it takes too long. */
export function DeliveryLadder({ trip }: { trip: TripView }) {
  const { timeZone } = useAgency();
  const now = useNow();
  const { assignment } = trip;
  if (!assignment || !assignment.delivery.sentAt) return null;
  const { times } = assignment;
  // A later press answers a dispatch as well as an acknowledgement does.
  const acknowledgedAt =
    times.acknowledgedAt ?? times.enRouteAt ?? times.atPickupAt ?? times.loadedAt ?? times.completedAt;
  const delivery = { ...assignment.delivery, acknowledgedAt };
  const steps = [
    ["Sent", delivery.sentAt],
    ["On the phone", delivery.onPhoneAt],
    ["Seen", delivery.seenAt],
    ["Acknowledged", acknowledgedAt],
  ] as const;
  const at = new Date(now ?? delivery.sentAt ?? 0);
  const waitedS = assignment.current && trip.status === "dispatched" ? waitingForAckS(delivery, at) : null;
  const alarm = deliveryAlarm(delivery, at);
  return (
    <Section title={`Told to ${assignment.callSign}`}>
      <ol className="flex justify-between gap-2">
        {steps.map(([word, time]) => (
          <li key={word} className={cn("flex flex-col", time ? "text-ink" : "text-ink-3")}>
            <span className="flex items-center gap-1 whitespace-nowrap text-table">
              {time ? (
                <Check size={12} aria-hidden="true" className="shrink-0 text-good" />
              ) : (
                <Circle size={10} aria-hidden="true" className="shrink-0" />
              )}
              {word}
            </span>
            <span className="pl-4 font-medium text-table">{time ? formatTimeS(time, timeZone) : "–"}</span>
          </li>
        ))}
      </ol>
      {waitedS !== null && (
        <p
          className={cn(
            "mt-1 text-table",
            alarm === "alert"
              ? "font-semibold text-danger"
              : alarm === "warn"
                ? "font-medium text-caution"
                : "text-ink-2",
          )}
        >
          Not acknowledged for {formatElapsed(waitedS)}
          {alarm === "alert" && ": call the crew, or send the next best unit (D)"}
        </p>
      )}
    </Section>
  );
}
