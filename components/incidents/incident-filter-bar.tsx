"use client";

import { Chip } from "@/components/ui/badge";
import { SearchInput } from "@/components/ui/input";
import { INCIDENT_STATUSES } from "@/server/domain/incidents/vocabulary";
import type { IncidentFilters } from "./use-incident-list";

const STATUS_WORDS: Record<IncidentFilters["status"], string> = { open: "Open", closed: "Closed", any: "All" };

type Props = { filters: IncidentFilters; onChange: (part: Partial<IncidentFilters>) => void };

/** Which incidents: those that go on, or all; one by its number. */
export function IncidentFilterBar({ filters, onChange }: Props) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b bg-panel px-2 py-1">
      <SearchInput
        label="Incident or trip number"
        value={filters.q}
        onValueChange={(q) => onChange({ q })}
        className="w-64"
      />
      <div className="flex gap-1">
        {INCIDENT_STATUSES.map((status) => (
          <Chip key={status} pressed={filters.status === status} onClick={() => onChange({ status })}>
            {STATUS_WORDS[status]}
          </Chip>
        ))}
      </div>
    </div>
  );
}
