import type { PlanningStopRow, PlanningTripRow, PlanningUnitRow } from "@/db/queries/planning-day";
import { setUpsOf } from "@/server/domain/dispatch/capacity";
import { DWELL_S } from "@/server/domain/dispatch/estimates";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type {
  PlanningBreak,
  PlanningStop,
  PlanningTrip,
  PlanningUnit,
  ReserveZone,
} from "@/server/domain/planning/types";
import { isActive, LEVELS } from "@/server/domain/trips/vocabulary";
import { isSignedOn } from "@/server/domain/units/availability";
import { type DayFrame, isHeld, isSupportStop, secondsIn } from "./day-trips";
import type { DayRows } from "./read-day";

const laterOf = (a: Date, b: Date) => (a > b ? a : b);

/** Can trips be planned for it? A unit out of service loses what was held for it. */
const isUsable = ({ shift, vehicle }: PlanningUnitRow): boolean =>
  vehicle.inService && vehicle.deactivatedAt === null && shift.state !== "out_of_service";

/** Where the unit is, or will start; null = nobody knows. */
function startOf(unit: PlanningUnitRow, stops: readonly PlanningStopRow[]): LngLat | null {
  const reached = stops.find((stop) => stop.arrivedAt !== null)?.location ?? null;
  if (reached !== null) return reached;
  if (isSignedOn(unit.shift) && unit.position) return unit.position.location;
  return unit.base?.location ?? unit.position?.location ?? stops.find((stop) => stop.location)?.location ?? null;
}

/** The units of a day as the planner sees them; those without a known place or out of service are left out. */
export function dayUnits(rows: DayRows, trips: readonly PlanningTrip[], frame: DayFrame): PlanningUnit[] {
  const tripOf = new Map(trips.map((trip) => [trip.id, trip]));
  const rowOf = new Map(rows.trips.map((row) => [row.trip.id, row]));
  return rows.units.filter(isUsable).flatMap((row) => {
    const stops = rows.stopsOf.get(row.shift.id) ?? [];
    const start = startOf(row, stops);
    if (start === null) return [];
    const { given, planned } = dayStops(stops, { tripOf, rowOf }, frame);
    return [dayUnit(row, start, { stops: planned, breaks: dayBreaks(row, given, frame) }, frame)];
  });
}

type Planned = Pick<PlanningUnit, "stops" | "breaks">;

function dayUnit(row: PlanningUnitRow, start: LngLat, planned: Planned, frame: DayFrame): PlanningUnit {
  const { shift, vehicle } = row;
  const { now, places, settings } = frame;
  const onRoad = isSignedOn(shift);
  const away = (shift.state === "break" || shift.state === "delayed") && shift.stateUntil ? shift.stateUntil : now;
  const availableAt = laterOf(laterOf(onRoad ? now : shift.startsAt, away), now);
  return {
    id: shift.id,
    callSign: shift.callSign,
    manifestVersion: shift.manifestVersion,
    startPlaceIndex: places.indexOf(start),
    availableS: secondsIn(frame, availableAt),
    endPlaceIndex: places.indexOf(row.base?.location ?? start),
    shiftStartS: secondsIn(frame, shift.startsAt),
    shiftEndS: secondsIn(frame, shift.endsAt),
    maxRouteS: settings.routeMinutes === null ? null : settings.routeMinutes * 60,
    onRoad,
    configurations: setUpsOf(vehicle),
    levels: LEVELS.filter((level) => vehicle.levels.includes(level)),
    emergencyCapable: vehicle.type === "ambulance",
    crewIds: row.crewUserIds,
    ...planned,
  };
}

type Known = { tripOf: ReadonlyMap<string, PlanningTrip>; rowOf: ReadonlyMap<string, PlanningTripRow> };

/** The breaks that a crew has still to have; one that is given with the manifest is planned there. */
function dayBreaks({ shift, base }: PlanningUnitRow, given: ReadonlySet<string>, frame: DayFrame): PlanningBreak[] {
  return shift.breaks
    .filter(({ id, takenAt }) => takenAt === null && !given.has(id))
    .map(({ id, from, to, minutes, at }) => ({
      id,
      earliestS: secondsIn(frame, new Date(from)),
      latestS: secondsIn(frame, new Date(to)) - minutes * 60,
      durationS: minutes * 60,
      placeIndex: at === "base" && base ? frame.places.indexOf(base.location) : null,
    }));
}

/**
 * A manifest as the planner sees it: fixed up to the last stop that is reached, locked or of a trip the crew was told of.
 * Breaks behind that are planned anew. @returns the breaks that are given with the fixed part, too
 */
function dayStops(
  stops: readonly PlanningStopRow[],
  { tripOf, rowOf }: Known,
  frame: DayFrame,
): { planned: PlanningStop[]; given: Set<string> } {
  const told = (stop: PlanningStopRow) => {
    const { tripId } = stop;
    if (isSupportStop(stop)) return true;
    const status = tripId === null ? undefined : rowOf.get(tripId)?.assignment?.status;
    return status !== undefined && isActive(status);
  };
  const lastFixed = stops.findLastIndex((stop) => isHeld(stop) || told(stop));
  const given = new Set(stops.slice(0, lastFixed + 1).flatMap(({ breakId }) => breakId ?? []));
  const kept = stops.filter((stop, i) => stop.breakId === null || i <= lastFixed);
  const planned = kept.map((stop, i) => {
    const trip = stop.tripId === null ? undefined : tripOf.get(stop.tripId);
    const end = stop.kind === "pickup" ? trip?.pickup : stop.kind === "dropoff" ? trip?.dropoff : null;
    return {
      id: stop.id,
      kind: stop.kind,
      tripId: isSupportStop(stop) ? null : stop.tripId,
      placeIndex: stop.location && frame.places.indexOf(stop.location),
      plannedS: stop.plannedAt && secondsIn(frame, stop.plannedAt),
      serviceS: end?.serviceS ?? stop.dwellS ?? DWELL_S[stop.kind] ?? 0,
      fixed: i <= lastFixed,
      arrivedAtS: stop.arrivedAt && secondsIn(frame, stop.arrivedAt),
    };
  });
  return { planned, given };
}

/** The bases whose emergency units are to be kept free in part. */
export function reserveZones(rows: DayRows, units: readonly PlanningUnit[], frame: DayFrame): ReserveZone[] {
  const unitOf = new Map(units.map((unit) => [unit.id, unit]));
  return frame.settings.reserve.flatMap(({ baseId, units: wanted }) => {
    const own = rows.units.filter(({ base }) => base?.id === baseId);
    const name = own[0]?.base?.name ?? "";
    const placeIndexes = new Set(own.flatMap(({ shift }) => unitOf.get(shift.id)?.startPlaceIndex ?? []));
    return placeIndexes.size === 0 ? [] : [{ id: baseId, name, placeIndexes: [...placeIndexes], units: wanted }];
  });
}
