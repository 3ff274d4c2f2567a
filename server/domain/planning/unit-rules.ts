import { meetsLevel } from "@/server/domain/dispatch/levels";
import type { Places } from "@/server/domain/fleet/vocabulary";
import { MAX_PLACES } from "@/server/domain/scheduling/places";
import { PLACE_KINDS } from "@/server/domain/trips/vocabulary";
import type { Obstacle, PlanningDay, PlanningTrip, PlanningUnit } from "./types";

/** Riders and companions of a trip, by kind of place. */
export const placesTaken = ({ riders, companions }: Pick<PlanningTrip, "riders" | "companions">): Places => ({
  ambulatory: riders.ambulatory + companions.ambulatory,
  wheelchair: riders.wheelchair + companions.wheelchair,
  stretcher: riders.stretcher + companions.stretcher,
});

/**
 * Places by kind as the engine counts them, with one kind more: a trip that is shared takes one of those that the agency
 * fills at once, one that is not takes all of them, so that nobody else fits in.
 */
export const lanesOf = (places: Places, share: number): number[] => [...PLACE_KINDS.map((kind) => places[kind]), share];

/** Places of the fourth kind that a vehicle has. */
export const sharedPlaces = ({ mostAboard }: Pick<PlanningDay, "mostAboard">): number =>
  Math.min(MAX_PLACES, mostAboard ?? MAX_PLACES);

/** What a trip takes of the fourth kind. */
export const shareOf = (trip: Pick<PlanningTrip, "shareable">, day: Pick<PlanningDay, "mostAboard">): number =>
  trip.shareable ? 1 : sharedPlaces(day);

/** Why a unit may not have a trip, whatever its route; empty = it may. */
export function unitBars(trip: PlanningTrip, unit: PlanningUnit): Obstacle[] {
  const bars: Obstacle[] = [];
  const tied = trip.aboard || trip.locked;
  if (tied && trip.currentUnitId !== null) {
    return trip.currentUnitId === unit.id ? [] : [{ code: "locked_elsewhere" }];
  }
  if (!meetsLevel(unit.levels, trip.level)) bars.push({ code: "level", level: trip.level });
  if (unit.crewIds.some((id) => trip.refusedCrewIds.includes(id))) bars.push({ code: "crew_refused" });
  for (const { unitId, code } of trip.blockedUnits)
    if (unitId === unit.id) bars.push({ code: "blocked", reason: code });
  const taken = placesTaken(trip);
  const fits = unit.configurations.some((places) => PLACE_KINDS.every((kind) => taken[kind] <= places[kind]));
  if (!fits) bars.push({ code: "never_fits", kind: scarcest(taken, unit) });
  return bars;
}

/** The kind of place that a unit has too few of in every set-up, or the first that is taken. */
const scarcest = (taken: Places, { configurations }: PlanningUnit): keyof Places =>
  PLACE_KINDS.find((kind) => configurations.every((places) => places[kind] < taken[kind])) ??
  PLACE_KINDS.find((kind) => taken[kind] > 0) ??
  "ambulatory";

/** Is this trip with another crew than its rider would like? */
export const isNotPreferred = (trip: PlanningTrip, unit: PlanningUnit): boolean =>
  trip.preferredCrewIds.length > 0 && !unit.crewIds.some((id) => trip.preferredCrewIds.includes(id));

/** Is this trip taken off the unit that has it? */
export const isMoved = (trip: PlanningTrip, unit: PlanningUnit): boolean =>
  trip.currentUnitId !== null && trip.currentUnitId !== unit.id;
