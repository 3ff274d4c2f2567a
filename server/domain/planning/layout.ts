import type { Problem, ProblemInput } from "@/server/domain/scheduling/problem";
import type { DayFault, Obstacle, PlanningDay, PlanningStop, PlanningTrip, PlanningUnit } from "./types";

/** A stop that serves no trip: a break to be had, or a stop of the manifest that stays. */
export type LaidVisit = { unit: number; breakId: string | null; stop: PlanningStop | null };

/** A day as the engine plans it, with the way back from its numbers to ours. */
export type Layout = {
  day: PlanningDay;
  input: ProblemInput;
  problem: Problem;
  /** By request of the engine. */
  trips: readonly PlanningTrip[];
  requestOf: ReadonlyMap<string, number>;
  /** By vehicle of the engine; units that cannot be used are left out. */
  units: readonly PlanningUnit[];
  /** By node of the engine, from the first visit on. */
  visits: readonly LaidVisit[];
  /** Trips that are not even tried, with the reasons. */
  setAside: ReadonlyMap<string, Obstacle[]>;
  faults: readonly DayFault[];
};

/** No day reaches that far from its origin, and nothing takes that long: what does is a fault of the input. */
export const LONGEST_S = 10_000_000;

/** Seconds as the engine's minutes. */
export const toMin = (seconds: number): number => seconds / 60;
/** The engine's minutes as whole seconds. */
export const toS = (minutes: number): number => Math.round(minutes * 60);

/** Where a trip ends; one without a destination ends where it began. */
export const dropoffOf = (trip: PlanningTrip) =>
  trip.dropoff ?? {
    placeIndex: trip.pickup.placeIndex,
    earliestS: trip.pickup.earliestS,
    latestS: Number.POSITIVE_INFINITY,
    serviceS: 0,
  };
