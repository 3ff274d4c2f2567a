"use client";

import { EmptyState } from "@/components/ui/empty-state";
import type { PlanTripView } from "@/server/domain/plans/plan-view";
import { CHANGE_WORDS } from "./plan-words";

/** Trips that no unit takes, each with what stops it and what would come closest. */
export function LeftOut({ trips }: { trips: readonly PlanTripView[] }) {
  const out = trips.filter(({ change }) => change === "unserved" || change === "removed");
  if (out.length === 0) return <EmptyState title="Every trip has a unit">Nothing is left out of this plan.</EmptyState>;
  return (
    <ul aria-label="Trips left out" className="bg-panel">
      {out.map((trip) => (
        <li
          key={trip.tripId}
          className="grid grid-cols-[96px_100px_minmax(0,1fr)] gap-2 border-line border-b px-3 py-2"
        >
          <span className="font-medium tabular-nums">{trip.tripNumber}</span>
          <span className="text-ink-2">{CHANGE_WORDS[trip.change]}</span>
          {trip.why.length === 0 ? (
            <span className="text-ink-3">The search did not get to it: more seconds may.</span>
          ) : (
            <ul className="flex flex-col gap-0.5">
              {trip.why.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
