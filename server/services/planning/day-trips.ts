import type { PlanningStopRow, PlanningTripRow } from "@/db/queries/planning-day";
import type { PlanningTrip } from "@/server/domain/planning/types";
import { mayShare, rideLimitOf } from "@/server/domain/plans/ride-rules";
import type { PlanningSettings } from "@/server/domain/plans/settings";
import { tripWindows } from "@/server/domain/plans/trip-windows";
import { NO_PLACES } from "@/server/domain/trips/passengers";
import { isActive } from "@/server/domain/trips/vocabulary";
import type { DayPlaces } from "./day-places";
import type { DayRows, Period } from "./read-day";

export type DayFrame = {
  originAt: Date;
  now: Date;
  period: Period;
  settings: PlanningSettings;
  places: DayPlaces;
};

/** Seconds since the day's origin. */
export const secondsIn = (frame: { originAt: Date }, at: Date): number =>
  (at.getTime() - frame.originAt.getTime()) / 1000;

const ABOARD = ["loaded", "at_dropoff"];

/** Is this a trip that a plan deals with? Emergencies without a unit are for the dispatcher, at once. */
const isPlannable = ({ trip, assignment }: PlanningTripRow): boolean =>
  assignment !== null || (trip.kind === "transport" && trip.priority !== "emergency");

/** The trips of a day as the planner sees them. */
export function dayTrips(rows: DayRows, frame: DayFrame): PlanningTrip[] {
  const shiftIds = new Set(rows.units.map(({ shift }) => shift.id));
  const small = rows.units.filter(({ crewUserIds }) => crewUserIds.length < 2).map(({ shift }) => shift.id);
  const heldStops = new Set(
    [...rows.stopsOf.values()]
      .flat()
      .flatMap((stop) => (isHeld(stop) && stop.tripId && !isSupportStop(stop) ? [stop.tripId] : [])),
  );
  return rows.trips
    .filter(isPlannable)
    .map((row) => dayTrip(row, frame, { shiftIds, small, held: heldStops.has(row.trip.id) }));
}

/** Reached, or locked by a person. */
export const isHeld = (stop: PlanningStopRow): boolean => stop.arrivedAt !== null || stop.locked;

/** Where a unit supports a trip that another one carries: for a plan it is a place to be, and no part of that trip. */
export const isSupportStop = ({ kind, tripId }: PlanningStopRow): boolean =>
  tripId !== null && kind !== "pickup" && kind !== "dropoff";

type Around = { shiftIds: ReadonlySet<string>; small: readonly string[]; held: boolean };

function dayTrip({ trip, assignment, rules }: PlanningTripRow, frame: DayFrame, around: Around): PlanningTrip {
  const { settings, now, period, places } = frame;
  const { priority, level, needs } = trip;
  const ride = { priority, level, needs, directS: trip.durationS };
  const aboard = assignment !== null && ABOARD.includes(assignment.status);
  const { pickup, dropoff, serviceS } = tripWindows(trip, trip.durationS, settings, now);
  const end = (at: { lng: number; lat: number }, window: { earliest: Date; latest: Date }, standS: number) => ({
    placeIndex: places.indexOf(at),
    earliestS: secondsIn(frame, window.earliest),
    latestS: secondsIn(frame, window.latest),
    serviceS: standS,
  });
  const unitId = assignment && around.shiftIds.has(assignment.shiftId) ? assignment.shiftId : null;
  // On the manifest of one of the units, but not of this period: it stays where it is.
  const elsewhere = trip.requestedAt >= period.to || (trip.requestedAt < period.from && period.from > now);
  return {
    id: trip.id,
    ref: trip.number,
    priority: trip.priority,
    level: trip.level,
    riders: trip.passengers,
    companions: NO_PLACES,
    pickup: end(trip.pickupLocation, pickup, serviceS.pickup),
    dropoff: trip.dropoffLocation && end(trip.dropoffLocation, dropoff, serviceS.dropoff),
    maxRideS: rideLimitOf(ride, rules, settings),
    willCall: trip.timing === "will_call",
    readyAtS: trip.readyAt && secondsIn(frame, trip.readyAt),
    shareable: mayShare(ride, rules, settings),
    mostAboard: rules.mostAboard,
    preferredCrewIds: rules.preferredCrew,
    refusedCrewIds: rules.refusedCrew,
    blockedUnits: trip.needs.includes("two_crew")
      ? around.small.map((id) => ({ unitId: id, code: "crew_too_small" }))
      : [],
    currentUnitId: unitId,
    locked: unitId !== null && (around.held || elsewhere || isPinned(assignment)),
    aboard,
    loadedAtS: aboard && assignment.loadedAt ? secondsIn(frame, assignment.loadedAt) : null,
  };
}

/** Told to the crew, queued behind what it does, or given to a unit against a rule: a dispatcher's decision. */
const isPinned = (assignment: PlanningTripRow["assignment"]): boolean =>
  assignment !== null &&
  (isActive(assignment.status) || assignment.mode !== "reserve" || assignment.overrideReason !== null);
