"use client";

import { Pencil } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { formatElapsed, formatMoment, formatTimeS } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { IconButton } from "@/components/ui/icon-button";
import type { TripView } from "@/server/domain/trips/trip-view";
import { Section } from "./section";
import { CLOCK_WORDS } from "./trip-words";

const LADDER = [
  "bookedAt",
  "requestedAt",
  "dispatchedAt",
  "acknowledgedAt",
  "enRouteAt",
  "atPickupAt",
  "loadedAt",
  "atDropoffAt",
  "completedAt",
  "clearedAt",
] as const;
type Clock = (typeof LADDER)[number];
/** Presses: what a person pressed, a person may have pressed wrongly. */
const STATUS_OF: Partial<Record<Clock, string>> = {
  acknowledgedAt: "acknowledged",
  dispatchedAt: "dispatched",
  enRouteAt: "en_route",
  atPickupAt: "at_pickup",
  loadedAt: "loaded",
  atDropoffAt: "at_dropoff",
  completedAt: "completed",
};

type Props = { trip: TripView; onCorrect?: (status: string) => void };

/** Every clock of the trip in order, how long after the one before, and what was skipped. */
export function TimesLadder({ trip, onCorrect }: Props) {
  const { timeZone } = useAgency();
  const { times, missed } = trip;
  return (
    <Section title="Times">
      <ol>
        {LADDER.map((clock, index) => {
          const at = times[clock];
          const before = LADDER.slice(2, index)
            .map((one) => times[one])
            .findLast((one) => one !== null);
          const status = STATUS_OF[clock];
          const skipped = status !== undefined && missed.includes(status);
          return (
            <li key={clock} className="group grid min-h-7 grid-cols-[minmax(0,1fr)_auto_64px_24px] items-center gap-2">
              <span className={cn("truncate text-table", at ? "text-ink-2" : "text-ink-3")}>{CLOCK_WORDS[clock]}</span>
              {at ? (
                <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)} className="font-medium">
                  {formatTimeS(at, timeZone)}
                </time>
              ) : (
                <span className={skipped ? "text-caution" : "text-ink-3"}>{skipped ? "skipped" : "–"}</span>
              )}
              <span className="text-right text-ink-3 text-table">
                {at && before && index > 2 ? `+${formatElapsed((at.getTime() - before.getTime()) / 1000)}` : ""}
              </span>
              {at && status && onCorrect ? (
                <IconButton
                  icon={Pencil}
                  iconSize={12}
                  size="sm"
                  label={`Correct ${CLOCK_WORDS[clock].toLowerCase()}`}
                  onClick={() => onCorrect(status)}
                />
              ) : (
                <span />
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
