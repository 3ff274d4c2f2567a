import type { StoredStop } from "./stored";
import type { PlanChange, PlanDecision } from "./vocabulary";

/** A trip's part of a plan, as far as a decision needs it. */
export type TripPart = {
  tripId: string;
  change: PlanChange;
  fromShiftId: string | null;
  toShiftId: string | null;
  decision: PlanDecision;
};
/** A unit's part of a plan, as far as a decision needs it. */
export type UnitPart = { shiftId: string; stops: readonly StoredStop[]; decision: PlanDecision };
/**
 * Parts that are carried out together or not at all: a trip leaves one unit as it joins another. Of a unit of which
 * nothing but a break is new there is no trip.
 */
export type Part = { tripIds: string[]; shiftIds: string[] };

/** Does carrying the plan out change anything for this trip? */
export const isChange = ({ change }: TripPart): boolean => change !== "kept" && change !== "unserved";

/** Breaks of a plan that are not on the unit's manifest yet. */
export const newBreaks = ({ stops, decision }: UnitPart): number =>
  decision === "open" ? stops.filter(({ breakId = null, stopId }) => breakId !== null && stopId === null).length : 0;

export const shiftsOf = ({ fromShiftId, toShiftId }: TripPart): string[] => [
  ...new Set([fromShiftId, toShiftId].filter((id) => id !== null)),
];

type Choice = { shiftIds?: string[] | undefined; tripIds?: string[] | undefined };

/** The open changes that a choice means; without any choice all of them. */
export function chosenTrips<T extends TripPart>(trips: readonly T[], { shiftIds, tripIds }: Choice): T[] {
  const open = trips.filter((trip) => isChange(trip) && trip.decision === "open");
  if (shiftIds === undefined && tripIds === undefined) return open;
  const [units, single] = [new Set(shiftIds), new Set(tripIds)];
  return open.filter((trip) => single.has(trip.tripId) || shiftsOf(trip).some((id) => units.has(id)));
}

/** The units with new breaks that a choice means; those of trips that are chosen alone get theirs with the trips. */
export const chosenBreaks = <U extends UnitPart>(units: readonly U[], { shiftIds, tripIds }: Choice): U[] =>
  units.filter(
    (unit) =>
      newBreaks(unit) > 0 &&
      ((shiftIds === undefined && tripIds === undefined) || shiftIds?.includes(unit.shiftId) === true),
  );

/**
 * Splits changes into parts that have no unit in common, in the order of their first trips; then the units that only
 * get a break.
 */
export function partsOf(trips: readonly TripPart[], resting: readonly UnitPart[]): Part[] {
  const leader = new Map<string, string>();
  const leaderOf = (id: string): string => {
    const next = leader.get(id) ?? id;
    return next === id ? id : leaderOf(next);
  };
  for (const trip of trips) {
    const [first, second] = shiftsOf(trip);
    if (first) leader.set(leaderOf(second ?? first), leaderOf(first));
  }
  const parts = new Map<string, Part>();
  for (const trip of trips) {
    const [first] = shiftsOf(trip);
    if (!first) continue;
    const part = parts.get(leaderOf(first)) ?? { tripIds: [], shiftIds: [] };
    part.tripIds.push(trip.tripId);
    part.shiftIds = [...new Set([...part.shiftIds, ...shiftsOf(trip)])];
    parts.set(leaderOf(first), part);
  }
  const touched = new Set(trips.flatMap(shiftsOf));
  const alone = resting.filter(({ shiftId }) => !touched.has(shiftId));
  return [...parts.values(), ...alone.map(({ shiftId }) => ({ tripIds: [], shiftIds: [shiftId] }))];
}
