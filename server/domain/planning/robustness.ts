import { type Random, seededRandom } from "@/server/domain/scheduling/random";
import { pickupFromS } from "./given-route";
import { dropoffOf } from "./layout";
import type { DayPlan, PlannedStop, PlanningDay, PlanningTrip, Seconds, UnitPlan } from "./types";

/** How far a day may turn out otherwise than planned. */
export type Spread = {
  seed: number;
  /** Days that are simulated. */
  runs: number;
  /** Coefficient of variation of one leg's travel time. */
  travel: number;
  /** Of the travel times of a unit's whole day: traffic and weather. */
  day: number;
  /** Of the time at a stop. */
  dwell: number;
};

/** An assumption until an agency's own days are measured; a leg in a town varies by about a fifth from day to day. */
export const USUAL_SPREAD: Spread = { seed: 1, runs: 200, travel: 0.2, day: 0.06, dwell: 0.35 };

/** A number of mean 1 that is never negative (log-normal), by its coefficient of variation. */
function factor(random: Random, variation: number): number {
  if (variation <= 0) return 1;
  const sigma = Math.sqrt(Math.log(1 + variation * variation));
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.exp(sigma * normal - (sigma * sigma) / 2);
}

type End = { notBeforeS: Seconds; promisedS: Seconds };

/** When a stop may begin, and by when it was promised. */
function endOf(stop: PlannedStop, trips: ReadonlyMap<string, PlanningTrip>): End {
  const trip = stop.tripId === null ? undefined : trips.get(stop.tripId);
  if (trip && stop.kind === "pickup") return { notBeforeS: pickupFromS(trip), promisedS: trip.pickup.latestS };
  if (trip && stop.kind === "dropoff") return { notBeforeS: 0, promisedS: dropoffOf(trip).latestS };
  // A break or a post begins when it is planned; nobody is promised anything.
  return { notBeforeS: stop.beginS, promisedS: Number.POSITIVE_INFINITY };
}

/** Drives one route on one day of chance. @returns trips that were late */
function lateTrips(route: UnitPlan, ends: readonly End[], random: Random, spread: Spread): Set<string> {
  const late = new Set<string>();
  const whole = factor(random, spread.day);
  let at = route.leaveS;
  route.stops.forEach((stop, i) => {
    const { notBeforeS, promisedS } = ends[i] as End;
    const arriveS = at + stop.driveS * whole * factor(random, spread.travel);
    const beginS = stop.arriveS < route.leaveS ? stop.beginS : Math.max(arriveS, notBeforeS);
    if (stop.tripId !== null && beginS > promisedS) late.add(stop.tripId);
    const serviceS = stop.departS - Math.max(stop.beginS, route.leaveS);
    at =
      Math.max(beginS, route.leaveS) + Math.max(0, serviceS) * factor(random, stop.breakId === null ? spread.dwell : 0);
  });
  return late;
}

/**
 * How likely each planned trip is late at either end, by driving the plan on many days of chance (Monte Carlo): legs and
 * times at stops vary, units wait for windows that are not open yet. The same seed gives the same answer.
 * @returns probabilities from 0 to 1 by trip
 */
export function lateProbabilities(day: PlanningDay, plan: DayPlan, spread: Spread = USUAL_SPREAD): Map<string, number> {
  const random = seededRandom(spread.seed);
  const trips = new Map(day.trips.map((trip) => [trip.id, trip]));
  const counts = new Map<string, number>(plan.trips.map(({ tripId }) => [tripId, 0]));
  for (const route of plan.units) {
    const ends = route.stops.map((stop) => endOf(stop, trips));
    for (let run = 0; run < spread.runs; run++)
      for (const id of lateTrips(route, ends, random, spread)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return new Map([...counts].map(([id, count]) => [id, count / Math.max(1, spread.runs)]));
}

/** The plan with the chance of lateness of each trip filled in. */
export function withLateness(day: PlanningDay, plan: DayPlan, spread: Spread = USUAL_SPREAD): DayPlan {
  const chance = lateProbabilities(day, plan, spread);
  return { ...plan, trips: plan.trips.map((trip) => ({ ...trip, lateProbability: chance.get(trip.tripId) ?? null })) };
}
