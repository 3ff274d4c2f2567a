"use client";

import { later } from "@/components/lib/later";
import { ChipChoice, FilterBar } from "@/components/ui/filter-bar";
import { Input, SearchInput } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  daysOf,
  PERIOD_WORDS,
  PERIODS,
  periodOf,
  STATUS_FILTER_WORDS,
  STATUS_FILTERS,
  type TripFilters,
} from "./trip-filters";

const VehicleFilter = later(
  () => import("./vehicle-filter").then((part) => part.VehicleFilter),
  () => <div aria-busy="true" className="h-control w-40 rounded-md border border-control bg-panel" />,
);

type Props = { filters: TripFilters; today: string; onChange: (part: Partial<TripFilters>) => void };
const STATUS_OPTIONS = STATUS_FILTERS.map((value) => ({ value, label: STATUS_FILTER_WORDS[value] }));

/** Which trips: who, when, how they ended, which truck. */
export function TripFilterBar({ filters, today, onChange }: Props) {
  const period = periodOf(filters, today);
  return (
    <FilterBar>
      <SearchInput
        label="Rider, phone or trip number"
        value={filters.q}
        onValueChange={(q) => onChange({ q })}
        className="w-64"
      />
      <ChipChoice
        values={PERIODS}
        words={PERIOD_WORDS}
        value={period}
        onChange={(one) => onChange(daysOf(one, today))}
      />
      <Input
        type="date"
        aria-label="From day"
        value={filters.from}
        max={filters.to}
        onValueChange={(from) => onChange({ from })}
        className="w-34"
      />
      <Input
        type="date"
        aria-label="To day"
        value={filters.to}
        min={filters.from}
        onValueChange={(to) => onChange({ to })}
        className="w-34"
      />
      <Select
        aria-label="Status"
        value={filters.status}
        onValueChange={(status) => onChange({ status })}
        options={STATUS_OPTIONS}
        className="w-36"
      />
      <VehicleFilter vehicleId={filters.vehicleId} onChange={(vehicleId) => onChange({ vehicleId })} />
    </FilterBar>
  );
}
