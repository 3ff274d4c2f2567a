"use client";

import { Lock } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { formatTime, plural } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { STOP_WORDS } from "@/components/trips/trip-words";
import { EmptyState } from "@/components/ui/empty-state";
import type { PlanUnitView } from "@/server/domain/plans/plan-view";

type Stop = PlanUnitView["stops"][number];

/** What each unit would do, stop by stop; breaks stand where they are had. */
export function Runs({ units }: { units: readonly PlanUnitView[] }) {
  const busy = units.filter(({ stops }) => stops.length > 0);
  if (busy.length === 0)
    return <EmptyState title="No unit has a stop">Nothing is planned for anybody in this period.</EmptyState>;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] bg-panel">
      {busy.map((unit) => (
        <section
          key={`${unit.shiftId}+${unit.extra}`}
          aria-label={`Run of ${unit.callSign}`}
          className="border-line border-r border-b px-3 py-2.5"
        >
          <h3 className="mb-1 flex items-baseline justify-between gap-2">
            <span className="font-semibold">{unit.callSign}</span>
            <span className="text-ink-2 text-table">{plural(unit.after.trips, "trip")}</span>
          </h3>
          <ol>
            {unit.stops.map((stop) => (
              <RunStop key={`${stop.kind} ${stop.tripId ?? stop.at.toISOString()}`} stop={stop} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function RunStop({ stop: { kind, tripNumber, at, fixed } }: { stop: Stop }) {
  const { timeZone } = useAgency();
  const isBreak = kind === "break";
  return (
    <li className={cn("flex min-h-6 items-center gap-2 text-table", isBreak && "rounded-sm bg-sunken font-medium")}>
      <span className="w-11 shrink-0 text-ink-2 tabular-nums">{formatTime(at, timeZone)}</span>
      <span className="min-w-0 flex-1 truncate">
        {STOP_WORDS[kind]}
        {tripNumber && <span className="text-ink-2"> of {tripNumber}</span>}
      </span>
      {fixed && (
        <span className="text-ink-3" title="Begun or locked: it stays">
          <Lock size={12} aria-hidden="true" />
          <span className="sr-only">stays</span>
        </span>
      )}
    </li>
  );
}
