import "server-only";
import { tz } from "@date-fns/tz";
import { getHours } from "date-fns";
import { baselineTravel, type Travel } from "@/server/domain/dispatch/travel";
import type { LngLat } from "@/server/domain/geo/lng-lat";

/** A way to be travelled, leaving at `at`. */
export type Way = { from: LngLat; to: LngLat; at: Date };
/** The port to whatever knows travel times; each answer names the engine that gave it. */
export type RoutingEngine = {
  name: string;
  /** One answer per way, in order; null = can't be reached. */
  travel: (ways: readonly Way[]) => Promise<(Travel | null)[]>;
};

const HOUR_MS = 3_600_000;

/** The engine that is always there: straight line x detour x speed by the agency's hour of the day. */
export function baselineEngine(timeZone: string): RoutingEngine {
  const hours = new Map<number, number>();
  const hourOf = (at: Date): number => {
    const key = Math.floor(at.getTime() / (HOUR_MS / 4));
    const known = hours.get(key) ?? getHours(at, { in: tz(timeZone) });
    hours.set(key, known);
    return known;
  };
  const travel = baselineTravel(hourOf);
  return { name: "baseline", travel: async (ways) => ways.map(({ from, to, at }) => travel(from, to, at)) };
}

/** The engine to ask for an agency in this time zone. */
export const routingFor = (timeZone: string): RoutingEngine => baselineEngine(timeZone);
