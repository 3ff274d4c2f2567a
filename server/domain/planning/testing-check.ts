import type { DayPlan, PlannedStop, PlanningDay, PlanningTrip, PlanningUnit, UnitPlan } from "./types";

/** Checks plans against the day they are for, from the plain data alone; written apart from what makes them. */
const SKILLS: Record<string, string[]> = {
  ambulatory: ["ambulatory"],
  wheelchair: ["wheelchair"],
  stretcher: ["stretcher", "bls", "als", "sct"],
  bls: ["bls", "als", "sct"],
  als: ["als", "sct"],
  sct: ["sct"],
};

function travelS(day: PlanningDay, from: number, to: number, leaveS: number): number {
  if (from === to) return 0;
  const bands = [...day.travel.bands].sort((a, b) => a.fromS - b.fromS);
  const band = bands.filter((one) => one.fromS <= leaveS).at(-1) ?? bands[0];
  return band?.durationsS[from * day.travel.size + to] ?? Number.POSITIVE_INFINITY;
}

type Say = (fault: string) => void;

function checkTimes(day: PlanningDay, unit: PlanningUnit, route: UnitPlan, say: Say): void {
  let [here, at] = [unit.startPlaceIndex, route.leaveS];
  if (at < unit.availableS) say("leaves before it is available");
  for (const stop of route.stops) {
    if (Math.abs(stop.arriveS - at - travelS(day, here, stop.placeIndex, at)) > 1)
      say(`arrival at ${stop.tripId} is not the way`);
    if (stop.beginS < stop.arriveS - 1) say(`service at ${stop.tripId} begins before the arrival`);
    if (stop.departS < stop.beginS) say("departs before it begins");
    here = stop.placeIndex;
    at = stop.departS;
  }
  if (route.stops.length > 0 && Math.abs(route.endS - at - travelS(day, here, unit.endPlaceIndex, at)) > 1)
    say("end is not the way");
}

const isGiven = (trip: PlanningTrip, unit: PlanningUnit): boolean => {
  const last = unit.stops.findLastIndex((stop) => stop.fixed);
  return trip.aboard || unit.stops.slice(0, last + 1).some((stop) => stop.tripId === trip.id);
};

function checkTrip(day: PlanningDay, unit: PlanningUnit, route: UnitPlan, trip: PlanningTrip, say: Say): void {
  const stops = route.stops.filter((stop) => stop.tripId === trip.id);
  const pickup = stops.find((stop) => stop.kind === "pickup");
  const dropoff = stops.find((stop) => stop.kind === "dropoff");
  if (!dropoff || (!pickup && !trip.aboard) || stops.length !== (trip.aboard ? 1 : 2))
    return say(`${trip.id} is not whole`);
  if (pickup && route.stops.indexOf(pickup) > route.stops.indexOf(dropoff))
    say(`${trip.id} is dropped before it is picked up`);
  if (isGiven(trip, unit)) {
    if (trip.currentUnitId !== unit.id) say(`${trip.id} left its unit`);
    return;
  }
  if (!pickup) return;
  const tolerance = 60 * day.weights.maxLateMinutes + 1;
  const inWindow = (stop: PlannedStop, end: { earliestS: number; latestS: number; serviceS: number }) => {
    if (stop.beginS < end.earliestS - 1 || stop.beginS > end.latestS + tolerance)
      say(`${trip.id} ${stop.kind} out of its window`);
    if (stop.departS < stop.beginS + end.serviceS - 1) say(`${trip.id} ${stop.kind} is too short`);
  };
  inWindow(pickup, trip.pickup);
  if (trip.dropoff) inWindow(dropoff, trip.dropoff);
  if (trip.maxRideS !== null && dropoff.beginS - pickup.departS > trip.maxRideS + 2) say(`${trip.id} rides too long`);
  if (trip.locked && trip.currentUnitId !== unit.id) say(`${trip.id} is locked elsewhere`);
  if (!SKILLS[trip.level]?.some((level) => (unit.levels as string[]).includes(level))) say(`${trip.id} level`);
  if (unit.crewIds.some((id) => trip.refusedCrewIds.includes(id))) say(`${trip.id} refused this crew`);
  if (trip.blockedUnits.some((one) => one.unitId === unit.id)) say(`${trip.id} is blocked from this unit`);
}

type Aboard = Map<string, PlanningTrip>;
const KINDS = ["ambulatory", "wheelchair", "stretcher"] as const;

function checkLoads(day: PlanningDay, unit: PlanningUnit, route: UnitPlan, say: Say): void {
  const trips = new Map(day.trips.map((trip) => [trip.id, trip]));
  const aboard: Aboard = new Map(
    day.trips.filter((t) => t.aboard && t.currentUnitId === unit.id).map((t) => [t.id, t]),
  );
  let setUps = [...unit.configurations];
  const look = () => {
    if (aboard.size === 0) {
      setUps = [...unit.configurations];
      return;
    }
    const load = KINDS.map((kind) =>
      [...aboard.values()].reduce((sum, t) => sum + t.riders[kind] + t.companions[kind], 0),
    );
    setUps = setUps.filter((places) => KINDS.every((kind, i) => (load[i] ?? 0) <= places[kind]));
    if (setUps.length === 0) say(`riders do not fit: ${[...aboard.keys()].join()}`);
    if (aboard.size > 1 && [...aboard.values()].some((trip) => !trip.shareable))
      say("a rider who rides alone does not");
    for (const trip of aboard.values())
      if (aboard.size > (trip.mostAboard ?? aboard.size)) say(`too many aboard with ${trip.id}`);
    if (aboard.size > (day.mostAboard ?? aboard.size)) say("more aboard than the agency has");
    for (const [a, b] of day.keepApart) if (aboard.has(a) && aboard.has(b)) say(`${a} and ${b} meet`);
  };
  look();
  for (const stop of route.stops) {
    const trip = stop.tripId === null ? undefined : trips.get(stop.tripId);
    if (trip && stop.kind === "pickup") aboard.set(trip.id, trip);
    if (trip && stop.kind === "dropoff") aboard.delete(trip.id);
    if (stop.breakId !== null && aboard.size > 0) say("riders aboard during a break");
    look();
  }
  if (aboard.size > 0) say(`riders stay aboard: ${[...aboard.keys()].join()}`);
}

function checkUnit(day: PlanningDay, plan: DayPlan, unit: PlanningUnit, route: UnitPlan, say: Say): void {
  checkTimes(day, unit, route, say);
  checkLoads(day, unit, route, say);
  const last = unit.stops.findLastIndex((stop) => stop.fixed);
  const fixed = unit.stops.slice(0, last + 1);
  if (fixed.some((stop, i) => route.stops[i]?.stopId !== stop.id)) say("a fixed stop moved");
  const begun = fixed.length > 0 || day.trips.some((trip) => trip.aboard && trip.currentUnitId === unit.id);
  if (route.stops.length > 0 && !begun) {
    if (route.endS > unit.shiftEndS + 60 * day.weights.maxOvertimeMinutes + 1) say("too much overtime");
    if (unit.maxRouteS !== null && route.endS - route.leaveS > unit.maxRouteS + 1) say("too long a route");
  }
  if (route.stops.length === 0) return;
  for (const rest of unit.breaks) {
    const stop = route.stops.find((one) => one.breakId === rest.id);
    if (!stop) {
      if (!plan.missedBreaks.some((one) => one.breakId === rest.id)) say("a break is gone");
    } else if (
      stop.beginS < rest.earliestS - 1 ||
      stop.beginS > rest.latestS + 1 ||
      stop.departS - stop.beginS < rest.durationS - 1
    )
      say("a break is not kept");
  }
}

/** Every rule of the day that a plan breaks; empty = none. */
export function faultsOf(day: PlanningDay, plan: DayPlan): string[] {
  const faults: string[] = [];
  const unitOf = new Map<string, string>();
  for (const route of plan.units) {
    const say = (fault: string) => faults.push(`${route.callSign}: ${fault}`);
    const unit = day.units.find((one) => one.id === route.unitId);
    if (!unit) {
      say("unknown unit");
      continue;
    }
    checkUnit(day, plan, unit, route, say);
    for (const id of new Set(route.stops.flatMap(({ tripId }) => tripId ?? []))) {
      const trip = day.trips.find((one) => one.id === id);
      if (unitOf.has(id)) say(`${id} is on two units`);
      unitOf.set(id, route.unitId);
      if (trip) checkTrip(day, unit, route, trip, say);
    }
  }
  const left = new Set(plan.unserved.map(({ tripId }) => tripId));
  for (const { id, aboard } of day.trips) {
    if (unitOf.has(id) === left.has(id)) faults.push(`${id} is neither planned nor left out, or both`);
    if (aboard && left.has(id)) faults.push(`${id} is aboard and not delivered`);
  }
  for (const group of day.keepTogether)
    if (new Set(group.map((id) => unitOf.get(id) ?? null)).size > 1) faults.push(`${group.join()} are parted`);
  return faults;
}
