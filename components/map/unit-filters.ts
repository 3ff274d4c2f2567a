import { freshnessOf } from "@/server/domain/units/freshness";
import type { UnitOnMap } from "./unit-on-map";

/** A unit with the age of its newest fix; null when none is known. */
export type UnitLine = UnitOnMap & { ageS: number | null };

export const UNIT_GROUPS = ["free", "on_trip", "busy", "silent", "off"] as const;
export type UnitGroup = (typeof UNIT_GROUPS)[number];
export const GROUP_WORDS: Record<UnitGroup, string> = {
  free: "Free",
  on_trip: "On trip",
  busy: "Busy",
  silent: "Silent",
  off: "Off duty",
};

/** Ten minutes without a fix: in doubt or dark. Of a unit that is on duty that is worth a look; parked trucks are quiet. */
export const isSilent = (line: UnitLine): boolean => {
  const freshness = freshnessOf(line.ageS);
  return line.mark !== "off_duty" && freshness !== "fresh" && freshness !== "aging";
};

const TESTS: Record<UnitGroup, (line: UnitLine) => boolean> = {
  free: ({ available }) => available,
  on_trip: ({ onTrip }) => onTrip,
  busy: ({ available, onTrip, mark }) => !available && !onTrip && mark !== "off_duty",
  silent: isSilent,
  off: ({ mark }) => mark === "off_duty",
};

export const countGroups = (lines: readonly UnitLine[]): Record<UnitGroup, number> => ({
  free: lines.filter(TESTS.free).length,
  on_trip: lines.filter(TESTS.on_trip).length,
  busy: lines.filter(TESTS.busy).length,
  silent: lines.filter(TESTS.silent).length,
  off: lines.filter(TESTS.off).length,
});

/** The units that list and map show: of one group, or all that are on duty; and whose name or status has the text in it. */
export function filterUnits(lines: readonly UnitLine[], group: UnitGroup | null, text: string): UnitLine[] {
  const wanted = text.trim().toLowerCase();
  const inGroup = group ? TESTS[group] : (line: UnitLine) => !TESTS.off(line) || wanted !== "";
  return lines.filter(
    (line) =>
      inGroup(line) && (wanted === "" || `${line.label} ${line.vehicleNo} ${line.word}`.toLowerCase().includes(wanted)),
  );
}
