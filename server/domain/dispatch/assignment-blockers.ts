import type { Places, UnitState } from "@/server/domain/fleet/vocabulary";
import type { Reason } from "@/server/domain/reason";
import { isOn, type ShiftTimes } from "@/server/domain/shifts/cover";
import {
  type AssignmentMode,
  type AssignmentStatus,
  isActive,
  isClosed,
  type Level,
  type Priority,
  type TripKind,
  type TripStatus,
} from "@/server/domain/trips/vocabulary";
import { STALE_S } from "@/server/domain/units/freshness";
import { type LoadStep, routeFits, setUpsOf } from "./capacity";
import { meetsLevel } from "./levels";

/** Why a unit may not take a trip; the codes are part of the API. */
export const BLOCKERS = [
  "trip_not_open",
  "already_assigned",
  "off_shift",
  "level_unmet",
  "places_full",
  "out_of_service",
  "busy",
  "on_break",
  "delayed",
  "stale_position",
  "crew_too_small",
  "crew_refused",
  "riders_apart",
  "rides_alone",
] as const;
export type Blocker = (typeof BLOCKERS)[number];

/** What a dispatcher may decide anyway, with a reason. The rest is physically or legally impossible. */
export const OVERRIDABLE: readonly Blocker[] = [
  "level_unmet",
  "on_break",
  "delayed",
  "stale_position",
  "crew_too_small",
  "crew_refused",
  "riders_apart",
  "rides_alone",
];

export type TripToAssign = {
  id: string;
  kind: TripKind;
  status: TripStatus;
  level: Level;
  priority: Priority;
  passengers: Places;
  needs: readonly string[];
  hasDropoff: boolean;
  /** When a unit must be there: the pickup time, or now. */
  pickupAt: Date;
  current: { shiftId: string; status: AssignmentStatus; mode: AssignmentMode } | null;
  /** People whom the rider would like to drive with. */
  preferredCrew: readonly string[];
  /** People whom the rider, or a place it goes to, refuses. */
  refusedCrew: readonly string[];
  /** Riders who are never aboard with this one. */
  apartFrom: readonly string[];
  /** Riders aboard at once that this one bears, itself counted; null = no matter. */
  mostAboard: number | null;
};
/** Who rides beside, or will: the trips on a manifest. */
export type Riding = { tripId: string; riderId: string | null; mostAboard: number | null };
export type UnitToAssign = ShiftTimes & {
  shiftId: string;
  state: UnitState;
  interruptible: boolean;
  crew: readonly string[];
  vehicle: { inService: boolean; levels: readonly string[]; places: Places; configurations: readonly Places[] };
  /** Trips it was told to do and has not cleared. */
  activeTripIds: readonly string[];
  /** Null = no fix ever: the unit is not stale, only unknown. */
  positionAgeS: number | null;
  /** Stops not yet done, in order, and who is aboard now. */
  route: readonly LoadStep[];
  aboard: Places;
  riding: readonly Riding[];
};

/** What each blocker says to a person. */
export const BLOCKER_WORDS: Record<Blocker, string> = {
  trip_not_open: "the trip is closed",
  already_assigned: "another unit has the trip",
  off_shift: "no shift of this unit covers the pickup, or it is not signed on",
  level_unmet: "the unit does not offer this level of service",
  places_full: "not enough places of the kind needed",
  out_of_service: "the unit is out of service",
  busy: "the unit is on another trip",
  on_break: "the unit is on a break",
  delayed: "the unit is delayed",
  stale_position: "the unit's last position is over 10 minutes old",
  crew_too_small: "the trip needs a crew of two",
  crew_refused: "the rider or a place refuses somebody of this crew",
  riders_apart: "somebody on this unit never rides with this rider",
  rides_alone: "this rider, or one on this unit, rides alone or with fewer others",
};

/** Why this unit may not take this trip in this mode; empty means it may. Every reason, not the first. */
export function assignmentBlockers(trip: TripToAssign, unit: UnitToAssign, mode: AssignmentMode): Blocker[] {
  const told = mode === "dispatch" || mode === "aboard";
  const others = unit.activeTripIds.filter((id) => id !== trip.id);
  const takenBy = trip.current?.shiftId === unit.shiftId ? null : trip.current;
  const checks: Record<Blocker, boolean> = {
    trip_not_open: isClosed(trip.status),
    already_assigned: takenBy !== null || (trip.current !== null && isActive(trip.current.status)),
    off_shift: isOffShift(trip, unit, told),
    level_unmet: !meetsLevel(unit.vehicle.levels, trip.level),
    places_full: !fits(trip, unit, mode),
    out_of_service: !unit.vehicle.inService || unit.state === "out_of_service",
    busy: mode === "dispatch" && others.length > 0,
    on_break: told && unit.state === "break" && !(unit.interruptible && trip.priority === "emergency"),
    delayed: told && unit.state === "delayed",
    stale_position: told && unit.positionAgeS !== null && unit.positionAgeS >= STALE_S,
    crew_too_small: trip.needs.includes("two_crew") && unit.crew.length < 2,
    crew_refused: unit.crew.some((userId) => trip.refusedCrew.includes(userId)),
    riders_apart: mode === "aboard" && beside(trip, unit).some((one) => isApart(trip, one)),
    rides_alone: mode === "aboard" && isCrowded(trip, beside(trip, unit)),
  };
  return BLOCKERS.filter((blocker) => checks[blocker]);
}

/** A told unit must be signed on; a running one also takes calls after its planned end, but not for later. */
function isOffShift(trip: TripToAssign, unit: UnitToAssign, told: boolean): boolean {
  if (unit.signedOffAt !== null) return true;
  if (told && !isOn(unit)) return true;
  const from = isOn(unit) && unit.signedOnAt && unit.signedOnAt < unit.startsAt ? unit.signedOnAt : unit.startsAt;
  if (trip.pickupAt < from) return !(told && isOn(unit));
  return trip.pickupAt >= unit.endsAt && !(told && isOn(unit));
}

const beside = (trip: TripToAssign, { riding }: UnitToAssign) => riding.filter(({ tripId }) => tripId !== trip.id);

const isApart = ({ apartFrom }: TripToAssign, { riderId }: Riding): boolean =>
  riderId !== null && apartFrom.includes(riderId);

/** Would somebody have more riders beside than the rules of one of them allow? As if all were aboard at once. */
const isCrowded = ({ mostAboard }: TripToAssign, others: readonly Riding[]): boolean =>
  [mostAboard, ...others.map((one) => one.mostAboard)].some((most) => most !== null && others.length + 1 > most);

/** A shared ride must fit beside those aboard; otherwise the unit is empty when it comes to this trip. */
function fits(trip: TripToAssign, unit: UnitToAssign, mode: AssignmentMode): boolean {
  const setUps = setUpsOf(unit.vehicle);
  const own: LoadStep[] = [
    { tripId: trip.id, kind: "pickup", riders: trip.passengers },
    { tripId: trip.id, kind: "dropoff", riders: trip.passengers },
  ];
  if (!routeFits(own, setUps)) return false;
  if (mode !== "aboard") return true;
  const others = unit.route.filter((step) => step.tripId !== trip.id);
  const beside = others.map((_, at) => [...others.slice(0, at), ...own, ...others.slice(at)]);
  return [[...others, ...own], ...beside].some((route) => routeFits(route, setUps, unit.aboard));
}

/** The blockers that remain when a dispatcher insists with a reason. */
export const standingBlockers = (blockers: readonly Blocker[], overrideReason: string | null): Blocker[] =>
  overrideReason?.trim() ? blockers.filter((blocker) => !OVERRIDABLE.includes(blocker)) : [...blockers];

/** Blockers as reasons of a refusal. */
export const blockerReasons = (blockers: readonly Blocker[]): Reason[] =>
  blockers.map((code) => ({ path: "shiftId", code, message: BLOCKER_WORDS[code] }));
