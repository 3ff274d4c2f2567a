"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { PlanTripView } from "@/server/domain/plans/plan-view";
import { CHANGE_WORDS } from "./plan-words";

type Props = { trips: readonly PlanTripView[]; onOpen: (tripId: string) => void };

/** Trips that no unit takes, each with what stops it and what would come closest. */
export function LeftOut({ trips, onOpen }: Props) {
  const out = trips.filter(({ change }) => change === "unserved" || change === "removed");
  if (out.length === 0) return <EmptyState title="Every trip has a unit">Nothing is left out of this plan.</EmptyState>;
  return (
    <ul aria-label="Trips left out" className="bg-panel">
      {out.map((trip) => (
        <li
          key={trip.tripId}
          className="grid grid-cols-[96px_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1 border-line border-b px-3 py-1.5 md:grid-cols-[96px_80px_minmax(0,1fr)]"
        >
          <Button
            variant="ghost"
            size="sm"
            className="-ml-2 justify-self-start font-medium tabular-nums"
            aria-label={`Open trip ${trip.tripNumber}`}
            onClick={() => onOpen(trip.tripId)}
          >
            {trip.tripNumber}
          </Button>
          <span className="text-ink-2">{CHANGE_WORDS[trip.change]}</span>
          <Why lines={trip.why} />
        </li>
      ))}
    </ul>
  );
}

function Why({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0)
    return <span className="text-ink-3 max-md:col-span-2">The search did not get to it: more seconds may.</span>;
  return (
    <ul className="flex max-w-200 flex-col gap-0.5 max-md:col-span-2">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
