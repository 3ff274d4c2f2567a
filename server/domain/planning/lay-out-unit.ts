import { MAX_PLACES } from "@/server/domain/scheduling/places";
import type { GivenStop, VehicleInput, VisitInput } from "@/server/domain/scheduling/problem";
import { type GivenRoute, serviceLeftS, visitFromS } from "./given-route";
import { type LaidVisit, LONGEST_S, toMin } from "./layout";
import type { PlanningBreak, PlanningStop, PlanningUnit, Weights } from "./types";
import { lanesOf } from "./unit-rules";

const isPlace = (place: number, size: number) => Number.isInteger(place) && place >= 0 && place < size;
const isCount = (value: number) => Number.isInteger(value) && value >= 0 && value <= MAX_PLACES;

/** Why a unit cannot be planned for as it is entered; null = it can. */
export function unitFault(unit: PlanningUnit, size: number): string | null {
  if (!isPlace(unit.startPlaceIndex, size) || !isPlace(unit.endPlaceIndex, size)) return "its start or end is unknown";
  const times = [unit.availableS, unit.shiftStartS, unit.shiftEndS];
  if (!times.every((time) => Math.abs(time) <= LONGEST_S)) return "its shift is not a time";
  if (unit.maxRouteS !== null && !(unit.maxRouteS >= 0)) return "its route limit is not a duration";
  if (unit.configurations.length === 0) return "it has no places";
  if (!unit.configurations.every((places) => Object.values(places).every(isCount))) return "its places are not numbers";
  if (
    !unit.stops.every(
      (stop) =>
        stop.serviceS >= 0 &&
        stop.serviceS <= LONGEST_S &&
        (stop.placeIndex === null || isPlace(stop.placeIndex, size)),
    )
  )
    return "a stop of its manifest is not usable";
  return null;
}

/** Can this break be planned at all? */
const isSound = (one: PlanningBreak, size: number): boolean =>
  one.latestS >= one.earliestS &&
  Math.abs(one.earliestS) <= LONGEST_S &&
  one.latestS <= LONGEST_S &&
  one.durationS >= 0 &&
  one.durationS <= LONGEST_S &&
  (one.placeIndex === null || isPlace(one.placeIndex, size));

const breakVisit = (one: PlanningBreak): VisitInput => ({
  place: one.placeIndex,
  serviceMin: toMin(one.durationS),
  earliest: toMin(one.earliestS),
  latest: toMin(one.latestS),
});

const stopVisit = (stop: PlanningStop, unit: PlanningUnit, horizonS: number): VisitInput => ({
  place: stop.placeIndex,
  serviceMin: toMin(serviceLeftS(stop, unit.availableS)),
  earliest: toMin(visitFromS(stop, unit)),
  latest: toMin(horizonS),
});

/** A unit as the engine's vehicle. @returns its visits too, in the engine's order */
export function layOutUnit(
  at: number,
  unit: PlanningUnit,
  given: GivenRoute,
  context: { requestOf: ReadonlyMap<string, number>; weights: Weights; horizonS: number; size: number; shared: number },
): { vehicle: VehicleInput; visits: LaidVisit[] } {
  const { weights, horizonS, size, requestOf } = context;
  const visits: LaidVisit[] = [];
  const inputs: VisitInput[] = [];
  const fixed: GivenStop[] = [];
  for (const one of given.fixed) {
    if (one.kind === "visit") {
      fixed.push({ visit: inputs.length });
      inputs.push(stopVisit(one.stop, unit, horizonS));
      visits.push({ unit: at, breakId: null, stop: one.stop });
    } else fixed.push({ request: requestOf.get(one.trip.id) ?? -1, end: one.kind });
  }
  for (const one of unit.breaks.toSorted((a, b) => a.earliestS - b.earliestS)) {
    if (!isSound(one, size)) continue;
    inputs.push(breakVisit(one));
    visits.push({ unit: at, breakId: one.id, stop: null });
  }
  const elapsedS = unit.onRoad ? Math.max(0, unit.availableS - unit.shiftStartS) : 0;
  const routeS = unit.maxRouteS === null ? horizonS : unit.maxRouteS - elapsedS;
  const vehicle: VehicleInput = {
    id: unit.id,
    start: unit.startPlaceIndex,
    end: unit.endPlaceIndex,
    earliest: toMin(unit.availableS),
    latest: toMin(Math.max(unit.shiftEndS + 60 * weights.maxOvertimeMinutes, given.endS, unit.availableS)),
    maxRouteMin: toMin(Math.max(0, routeS, given.endS - unit.availableS)),
    setUps: unit.configurations.map((places) => lanesOf(places, context.shared)),
    visits: inputs,
    fixed,
    owed: given.owed.map((trip) => requestOf.get(trip.id) ?? -1),
    out: unit.onRoad || given.fixed.length > 0,
    useCost: unit.onRoad ? 0 : weights.perUnitUsed,
    soft: { due: toMin(unit.shiftEndS), latePerMin: weights.perOvertimeMinute, bufferMin: 0, bufferPerMin: 0 },
  };
  return { vehicle, visits };
}
