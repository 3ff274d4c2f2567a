"use client";

import { ChipChoice, FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/input";
import { INCIDENT_STATUSES } from "@/server/domain/incidents/vocabulary";
import type { IncidentFilters } from "./use-incident-list";

const STATUS_WORDS: Record<IncidentFilters["status"], string> = { open: "Open", closed: "Closed", any: "All" };

type Props = { filters: IncidentFilters; onChange: (part: Partial<IncidentFilters>) => void };

/** Which incidents: those that go on, or all; one by its number. */
export function IncidentFilterBar({ filters, onChange }: Props) {
  return (
    <FilterBar>
      <SearchInput
        label="Incident or trip number"
        value={filters.q}
        onValueChange={(q) => onChange({ q })}
        className="w-64"
      />
      <ChipChoice
        values={INCIDENT_STATUSES}
        words={STATUS_WORDS}
        value={filters.status}
        onChange={(status) => onChange({ status })}
      />
    </FilterBar>
  );
}
