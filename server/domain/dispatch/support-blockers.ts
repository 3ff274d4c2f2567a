import { assignmentBlockers, type Blocker, type TripToAssign, type UnitToAssign } from "./assignment-blockers";

/** What a unit need not have to help: the rider goes with another one. */
const OF_CARRYING: readonly Blocker[] = ["level_unmet", "places_full", "crew_too_small", "already_assigned"];

/**
 * Why this unit may not support this trip now; empty means it may. That another unit has the trip stands in nobody's way;
 * the unit that carries the rider, or helps already, is not sent a second time.
 * @param onIt - shifts that are on the trip now
 */
export function supportBlockers(trip: TripToAssign, unit: UnitToAssign, onIt: readonly string[]): Blocker[] {
  const rules = assignmentBlockers({ ...trip, current: null }, unit, "dispatch");
  const isOnIt = onIt.includes(unit.shiftId);
  return [
    ...(isOnIt ? (["already_assigned"] as const) : []),
    ...rules.filter((blocker) => !OF_CARRYING.includes(blocker)),
  ];
}
