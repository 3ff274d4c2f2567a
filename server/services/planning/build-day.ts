import "server-only";
import type { PlanningDay } from "@/server/domain/planning/types";
import { type RoutingEngine, routingFor } from "@/server/integrations/routing/engine";
import { apartPairs, togetherGroups } from "./day-pairs";
import { DayPlaces } from "./day-places";
import { type DayFrame, dayTrips } from "./day-trips";
import { dayUnits, reserveZones } from "./day-units";
import type { DayRows } from "./read-day";
import { travelMatrix } from "./travel-matrix";

export type DayAsked = Omit<DayFrame, "places"> & { timeZone: string };

/** A day without its travel times, and the places that need them. */
export function outlineDay(rows: DayRows, asked: DayAsked): { day: Omit<PlanningDay, "travel">; places: DayPlaces } {
  const places = new DayPlaces();
  const frame: DayFrame = { ...asked, places };
  const trips = dayTrips(rows, frame);
  const units = dayUnits(rows, trips, frame);
  const day = {
    originAt: asked.originAt.toISOString(),
    timeZone: asked.timeZone,
    nowS: (asked.now.getTime() - asked.originAt.getTime()) / 1000,
    trips,
    units,
    keepTogether: togetherGroups(rows, trips),
    keepApart: apartPairs(rows),
    mostAboard: asked.settings.mostAboard,
    reserve: reserveZones(rows, units, frame),
    weights: asked.settings.weights,
  };
  return { day, places };
}

/** The day to plan, with travel times asked through the port. */
export async function buildDay(
  rows: DayRows,
  asked: DayAsked,
  engine: RoutingEngine = routingFor(asked.timeZone),
): Promise<PlanningDay> {
  const { day, places } = outlineDay(rows, asked);
  const ends = rows.units.map(({ shift }) => shift.endsAt.getTime());
  const to = new Date(Math.max(asked.period.to.getTime(), ...ends));
  const from = asked.period.from > asked.now ? asked.period.from : asked.now;
  const travel = await travelMatrix(engine, places.points, { originAt: asked.originAt, from, to });
  return { ...day, travel };
}
