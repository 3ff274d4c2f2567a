"use client";

import { Check, CircleDashed, TriangleAlert } from "lucide-react";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { EndCell, PatientCell, PickupCell } from "./trip-cells";
import type { BulkResult } from "./use-bulk";

/** One of several trips: which one it is, as a dispatcher knows it, and how it went. */
export function BulkLine({ trip, result }: { trip: BoardTrip; result: BulkResult | undefined }) {
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-3 border-line border-b py-1 text-table last:border-b-0">
      <span className="w-22 shrink-0 whitespace-nowrap">
        <PickupCell trip={trip} />
      </span>
      <span className="w-16 shrink-0 text-ink-2">{trip.number}</span>
      <span className="w-30 shrink-0 truncate">
        <PatientCell trip={trip} />
      </span>
      <span className="min-w-0 flex-1 truncate text-ink-2">
        <EndCell end={trip.from} /> → <EndCell end={trip.to} />
      </span>
      <span className="max-w-24 shrink-0 truncate font-medium">{trip.unit?.callSign}</span>
      {result && <Result result={result} />}
    </li>
  );
}

function Result({ result }: { result: BulkResult }) {
  if (result.phase === "refused")
    return (
      <span role="alert" className="flex w-full items-start gap-1 text-danger">
        <TriangleAlert size={12} aria-hidden="true" className="mt-0.5 shrink-0" /> {result.why}
      </span>
    );
  if (result.phase === "done")
    return (
      <span className="flex items-center gap-1 text-good">
        <Check size={12} aria-hidden="true" /> done
      </span>
    );
  if (result.phase === "waiting") return <span className="text-ink-3">waiting</span>;
  return (
    <span className="flex items-center gap-1 text-accent">
      <CircleDashed size={12} aria-hidden="true" /> asking
    </span>
  );
}
