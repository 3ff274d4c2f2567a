import { BatteryLow } from "lucide-react";
import { formatAge, formatTime } from "@/components/lib/format";
import { StatusBadge } from "@/components/status/status-badge";
import { type MarkWithWord, unitMark } from "@/components/status/status-marks";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table/data-table";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { freshnessOf } from "@/server/domain/units/freshness";
import { words } from "./code-words";
import { configurationsText } from "./configurations-text";
import { levelName } from "./level-names";

/** What a vehicle does now, as a mark and a word. */
export function vehicleMark({ availability, inService, shift }: Vehicle): MarkWithWord {
  if (availability === "ON_TRIP") return { mark: "dispatched", word: "On trip" };
  if (!inService) return { mark: "out_of_service", word: "Out of service" };
  return unitMark({ signedOn: availability !== "OFFLINE", state: shift?.state ?? "available" });
}

const FRESH_WORDS = { fresh: "", aging: "", stale: "old", dark: "dark", unknown: "never heard of" } as const;

/** How old the position is, in words when it is past trusting. */
export function positionText({ position }: Vehicle): string {
  const note = FRESH_WORDS[freshnessOf(position?.ageS ?? null)];
  if (!position) return note;
  return note ? `${formatAge(position.ageS)}, ${note}` : formatAge(position.ageS);
}

/** What a truck is. */
const identity: Column<Vehicle>[] = [
  { id: "vehicleNo", header: "Vehicle no", value: (row) => row.vehicleNo, width: 108, filter: "text" },
  {
    id: "callSign",
    header: "Call sign",
    value: (row) => row.shift?.callSign ?? row.callSign,
    exportValue: (row) => row.callSign,
    width: 112,
    filter: "text",
  },
  {
    id: "availability",
    header: "Availability",
    value: (row) => vehicleMark(row).word,
    cell: (row) => <StatusBadge {...vehicleMark(row)} />,
    width: 132,
    filter: "choice",
  },
  { id: "type", header: "Type", value: (row) => words(row.type), width: 116, filter: "choice" },
  {
    id: "levels",
    header: "Levels",
    value: (row) => row.levels.map(levelName).join(" "),
    exportValue: (row) => row.levels.join(" "),
    cell: (row) => (
      <span className="flex gap-1 overflow-hidden" title={row.levels.map(levelName).join(", ")}>
        {row.levels.map((level) => (
          <Badge key={level}>{levelName(level)}</Badge>
        ))}
      </span>
    ),
    width: { min: 204, grow: 1 },
    filter: "text",
  },
];

const capacity: Column<Vehicle>[] = [
  { id: "ambulatory", header: "Ambulatory", value: (row) => row.places.ambulatory, width: 80, align: "end" },
  { id: "wheelchair", header: "Wheelchair", value: (row) => row.places.wheelchair, width: 82, align: "end" },
  { id: "stretcher", header: "Stretcher", value: (row) => row.places.stretcher, width: 72, align: "end" },
  {
    id: "configurations",
    header: "Configurations",
    value: (row) => configurationsText(row.configurations),
    width: 110,
  },
];

/** The columns of the fleet list; its export can be imported again. */
export const vehicleColumns = (baseNames: ReadonlyMap<string, string>, timeZone: string): Column<Vehicle>[] => [
  ...identity,
  {
    id: "shift",
    header: "Shift",
    value: (row) =>
      row.shift &&
      `${formatTime(new Date(row.shift.startsAt), timeZone)}–${formatTime(new Date(row.shift.endsAt), timeZone)}`,
    width: 96,
  },
  {
    id: "position",
    header: "Position",
    value: (row) => row.position?.ageS,
    cell: (row) => <span className={row.position ? undefined : "text-ink-3"}>{positionText(row)}</span>,
    exportValue: positionText,
    width: 104,
  },
  {
    id: "battery",
    header: "Battery",
    value: (row) => row.position?.batteryPct,
    cell: (row) => <Battery pct={row.position?.batteryPct ?? null} />,
    width: 72,
    align: "end",
  },
  {
    id: "base",
    header: "Base",
    value: (row) => baseNames.get(row.baseId ?? ""),
    width: { min: 120, grow: 1 },
    filter: "choice",
  },
  ...capacity,
  {
    id: "inService",
    header: "In service",
    value: (row) => (row.inService ? "yes" : "no"),
    width: 96,
    filter: "choice",
  },
];

function Battery({ pct }: { pct: number | null }) {
  if (pct === null) return <span className="text-ink-3">–</span>;
  return (
    <span className="inline-flex items-center gap-1">
      {pct < 20 && <BatteryLow size={14} aria-label="Low battery" className="text-caution" />}
      {Math.round(pct)} %
    </span>
  );
}
