"use client";

import { useMemo } from "react";
import { formatAge } from "@/components/lib/format";
import { LateChip } from "@/components/status/status-badge";
import { hueText, StatusMark } from "@/components/status/status-mark";
import { MARKS } from "@/components/status/status-marks";
import { Chip } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table/data-table";
import { SearchInput } from "@/components/ui/input";
import { freshnessOf } from "@/server/domain/units/freshness";
import { countGroups, GROUP_WORDS, UNIT_GROUPS, type UnitGroup, type UnitLine } from "./unit-filters";

type Props = {
  /** Every unit, for the counts; undefined while loading. */
  all: readonly UnitLine[] | undefined;
  shown: readonly UnitLine[] | undefined;
  group: UnitGroup | null;
  onGroup: (group: UnitGroup | null) => void;
  text: string;
  onText: (text: string) => void;
  selectedNo: string | null;
  onSelect: (vehicleNo: string) => void;
};

function AgeCell({ line }: { line: UnitLine }) {
  if (line.ageS === null) return <span className="text-ink-3">none</span>;
  const freshness = freshnessOf(line.ageS);
  if (freshness === "dark")
    return (
      <span className="text-ink-2" title={line.darkReason ?? undefined}>
        dark {formatAge(line.ageS)}
      </span>
    );
  if (freshness === "stale") return <span className="text-ink-2">? {formatAge(line.ageS)}</span>;
  return <span className={freshness === "fresh" ? "text-ink-3" : "text-ink-2"}>{formatAge(line.ageS)}</span>;
}

const columns: Column<UnitLine>[] = [
  {
    id: "unit",
    header: "Unit",
    value: ({ label }) => label,
    cell: (line) => (
      <span className="inline-flex max-w-full items-center gap-1.5 align-middle font-medium" title={line.label}>
        <StatusMark mark={line.mark} emergency={line.emergency} />
        <span className="truncate">{line.label}</span>
      </span>
    ),
    width: { min: 76 },
  },
  {
    id: "status",
    header: "Status",
    value: ({ word }) => word,
    cell: (line) => (
      <span className="inline-flex max-w-full items-center gap-1.5 align-middle">
        <span className="truncate" style={{ color: hueText(MARKS[line.mark].hue) }}>
          {line.word}
        </span>
        {line.emergency && <span className="font-semibold text-danger">Emergency</span>}
        <LateChip lateMin={line.lateMin} estimated={line.lateIsEstimate} />
      </span>
    ),
    width: { min: 136, grow: 3 },
  },
  {
    id: "age",
    header: "Fix",
    value: ({ ageS }) => ageS,
    cell: (line) => <AgeCell line={line} />,
    width: 84,
    align: "end",
  },
];

const rowId = (line: UnitLine) => line.vehicleNo;
const rowLabel = (line: UnitLine) => line.label;

/** The map's twin: the same units, worked by keyboard and read by screen readers. */
export function UnitList({ all, shown, group, onGroup, text, onText, selectedNo, onSelect }: Props) {
  const counts = useMemo(() => countGroups(all ?? []), [all]);
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      <div className="flex flex-col gap-2 border-line border-b p-2">
        <SearchInput label="Find a unit" value={text} onValueChange={onText} />
        <div className="flex flex-wrap gap-1">
          {UNIT_GROUPS.map((one) => (
            <Chip key={one} pressed={group === one} onClick={() => onGroup(group === one ? null : one)}>
              {GROUP_WORDS[one]} <span className="font-semibold text-ink">{counts[one]}</span>
            </Chip>
          ))}
        </div>
      </div>
      <DataTable
        bare
        label="Units"
        columns={columns}
        rows={shown}
        rowId={rowId}
        rowLabel={rowLabel}
        openId={selectedNo}
        onOpen={(line) => onSelect(line.vehicleNo)}
        defaultSort={{ id: "unit" }}
        empty={{
          title: all?.length ? "No unit like that" : "No units on duty",
          hint: all?.length ? undefined : "Units show here when a crew signs on.",
        }}
        className="flex-1"
      />
    </div>
  );
}
