import { groupBy } from "@/components/lib/group-by";
import type { UnitOnMap } from "@/components/map/unit-on-map";
import { unitsOfBoard } from "@/components/map/units-of-board";
import { tripsOfUnit } from "@/components/trips/support-words";
import type { BoardTrip, BoardUnit, BoardView } from "@/server/domain/trips/board-view";
import { isSignedOn } from "@/server/domain/units/availability";

/** A unit as a line of the board: what it does, since when, and for which trips. */
export type UnitRow = BoardUnit &
  Pick<UnitOnMap, "mark" | "word" | "since" | "emergency" | "lateMin" | "lateIsEstimate" | "darkReason"> & {
    trips: BoardTrip[];
    /** Trips it holds or has queued, that it was not told yet. */
    held: BoardTrip[];
  };

export const UNIT_GROUPS = ["all", "free", "on_trip", "busy", "off"] as const;
export type UnitGroup = (typeof UNIT_GROUPS)[number];
export const UNIT_GROUP_WORDS: Record<UnitGroup, string> = {
  all: "On duty",
  free: "Free",
  on_trip: "On trip",
  busy: "Not available",
  off: "Off duty",
};

/** The units of the board with what the map says of them. */
export function unitRows(board: BoardView): UnitRow[] {
  const marks = new Map(unitsOfBoard(board).map((unit) => [unit.shiftId, unit]));
  const byId = new Map(board.trips.map((trip) => [trip.id, trip]));
  const reserved = board.trips.filter(({ status }) => status === "reserved");
  const held = groupBy(reserved, ({ unit }) => unit?.shiftId ?? null);
  return board.units.flatMap((unit) => {
    const seen = marks.get(unit.shiftId);
    if (!seen) return [];
    const { mark, word, since, emergency, lateMin, lateIsEstimate, darkReason } = seen;
    const shown = { mark, word, since, emergency, lateMin, lateIsEstimate, darkReason };
    const trips = tripsOfUnit(unit, byId);
    return [{ ...unit, ...shown, trips, held: held.get(unit.shiftId) ?? [] }];
  });
}

const GROUPED: Record<UnitGroup, (unit: UnitRow) => boolean> = {
  all: isSignedOn,
  free: ({ availability }) => availability === "ONLINE",
  on_trip: ({ availability }) => availability === "ON_TRIP",
  busy: ({ availability }) => availability === "BUSY",
  off: (unit) => !isSignedOn(unit),
};

export const inGroup = (group: UnitGroup, units: readonly UnitRow[]): UnitRow[] => units.filter(GROUPED[group]);
