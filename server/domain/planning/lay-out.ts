import { buildProblem } from "@/server/domain/scheduling/build-problem";
import type { ProblemInput } from "@/server/domain/scheduling/problem";
import { type GivenRoute, givenRoute } from "./given-route";
import { type GivenTrip, layOutTrip, setAsideReasons, tripFault } from "./lay-out-trip";
import { layOutUnit, unitFault } from "./lay-out-unit";
import type { LaidVisit, Layout } from "./layout";
import { travelOf } from "./travel-table";
import type { DayFault, Obstacle, PlanningDay, PlanningTrip, PlanningUnit, ReserveZone, Weights } from "./types";
import { sharedPlaces } from "./unit-rules";

const DAY_S = 86_400;

/** A moment that no plan of this day reaches. */
function horizonOf({ units, nowS }: PlanningDay, given: readonly GivenRoute[]): number {
  const ends = [...units.map((unit) => unit.shiftEndS), ...given.map((route) => route.endS), nowS];
  return Math.max(...ends.filter(Number.isFinite), 0) + 2 * DAY_S;
}

const isFaulty = (trip: PlanningTrip | undefined, size: number) => trip === undefined || tripFault(trip, size) !== null;

/** Units that can be planned for, each with what is given of its route. */
function usableUnits(day: PlanningDay) {
  const trips = new Map(day.trips.map((trip) => [trip.id, trip]));
  const faults: DayFault[] = [];
  const units: PlanningUnit[] = [];
  const given: GivenRoute[] = [];
  for (const unit of day.units) {
    const fault = unitFault(unit, day.travel.size);
    const route = fault === null ? givenRoute(day, unit, trips) : null;
    const unsound = route && [...route.latestS.keys()].some((id) => isFaulty(trips.get(id), day.travel.size));
    const detail = fault ?? route?.fault ?? (unsound ? "a trip that it has to make is not usable" : null);
    if (detail === null && route) {
      units.push(unit);
      given.push(route);
    } else faults.push({ code: "unit_unusable", unitId: unit.id, detail: detail ?? "" });
  }
  if (day.units.length === 0) faults.push({ code: "no_units", unitId: null, detail: "no unit is on duty" });
  const cells = day.travel.size ** 2;
  if (day.travel.bands.length === 0 || day.travel.bands.some((band) => band.durationsS.length !== cells))
    faults.push({ code: "travel_unusable", unitId: null, detail: "the travel matrix is not complete" });
  return { units, given, faults };
}

/** By trip: the unit whose fixed stops or riders it belongs to. */
function givenTrips(given: readonly GivenRoute[]): Map<string, GivenTrip> {
  const found = new Map<string, GivenTrip>();
  given.forEach(({ latestS, together }, unit) => {
    for (const [tripId, latest] of latestS) found.set(tripId, { unit, latest, together });
  });
  return found;
}

/** Takes trips out that go with one that is set aside. */
function setAsidePartners(
  day: PlanningDay,
  trips: PlanningTrip[],
  setAside: Map<string, Obstacle[]>,
  fixed: ReadonlyMap<string, GivenTrip>,
): void {
  const refs = new Map(day.trips.map((trip) => [trip.id, trip.ref]));
  for (const group of day.keepTogether) {
    if (!group.some((id) => setAside.has(id))) continue;
    for (const id of group) {
      const at = trips.findIndex((trip) => trip.id === id);
      if (at < 0 || fixed.has(id)) continue;
      trips.splice(at, 1);
      setAside.set(id, [
        { code: "together", refs: group.flatMap((other) => (other === id ? [] : (refs.get(other) ?? []))) },
      ]);
    }
  }
}

/** Leaving a trip out is worse than anything that serving it may cost besides the way. */
const leastAbsence = (weights: Weights): number =>
  200 +
  2 *
    (weights.perUnitUsed +
      weights.perReserveUnitMissing +
      weights.perTripMoved +
      weights.perTripNotPreferred +
      2 * weights.maxLateMinutes * weights.perLateMinute +
      weights.maxOvertimeMinutes * weights.perOvertimeMinute +
      2 * weights.bufferMinutes * weights.perBufferMinuteUsed);

const reserveOf = (zones: readonly ReserveZone[], units: readonly PlanningUnit[], weights: Weights) => ({
  price: weights.perReserveUnitMissing,
  zones: zones.map((zone) => ({ wanted: zone.units, vehicles: unitsOfZone(zone, units) })),
});

/** Numbers of the emergency-capable units that start in a zone. */
export const unitsOfZone = (zone: ReserveZone, units: readonly PlanningUnit[]): number[] =>
  units.flatMap((unit, k) => (unit.emergencyCapable && zone.placeIndexes.includes(unit.startPlaceIndex) ? [k] : []));

/**
 * Lays a day out for the engine. What cannot be used is set aside with its reason; the rest is planned.
 * Travel by time of day: see `bandedMatrix`.
 */
export function layOut(day: PlanningDay): Layout {
  const { weights, travel } = day;
  const { units, given, faults } = usableUnits(day);
  const horizonS = horizonOf(day, given);
  const fixed = givenTrips(given);
  const setAside = new Map<string, Obstacle[]>();
  const trips: PlanningTrip[] = [];
  for (const trip of day.trips) {
    const reasons = setAsideReasons(trip, units, travel.size);
    if (reasons.length > 0 && !fixed.has(trip.id)) setAside.set(trip.id, reasons);
    else trips.push(trip);
  }
  setAsidePartners(day, trips, setAside, fixed);
  const shared = sharedPlaces(day);
  const requestOf = new Map(trips.map((trip, r) => [trip.id, r]));
  const laid = units.map((unit, k) =>
    layOutUnit(k, unit, given[k] as GivenRoute, { requestOf, weights, horizonS, size: travel.size, shared }),
  );
  const numbers = (ids: readonly string[]) => ids.flatMap((id) => requestOf.get(id) ?? []);
  const input: ProblemInput = {
    requests: trips.map((trip) => layOutTrip(trip, { day, units, horizonS, given: fixed.get(trip.id) ?? null })),
    vehicles: laid.map(({ vehicle }) => vehicle),
    travel: travelOf(travel, weights),
    together: day.keepTogether.map(numbers).filter((group) => group.length > 1),
    apart: day.keepApart.flatMap((pair) => {
      const [a, b] = numbers(pair);
      return a !== undefined && b !== undefined ? [[a, b] as const] : [];
    }),
    ...(day.reserve.length > 0 ? { reserve: reserveOf(day.reserve, units, weights) } : {}),
    leastAbsence: leastAbsence(weights),
  };
  // The engine numbers visits vehicle by vehicle, as they come here.
  const visits: LaidVisit[] = laid.flatMap(({ visits }) => visits);
  return { day, input, problem: buildProblem(input), trips, requestOf, units, visits, setAside, faults };
}
