import type { PlanningDay, PlanningTrip, PlanningUnit } from "@/server/domain/planning/types";
import type { WhatIf } from "./stored";

/** The units a question adds carry the id of the one they are like, and a number. */
export const extraUnitId = (shiftId: string, n: number): string => `${shiftId}+${n}`;

/** What the screen calls them: "M14 +1". */
export const extraCallSign = (callSign: string, n: number): string => `${callSign} +${n}`;

/** The shift that a unit of a plan is or is like, and which of those like it; 0 for the shift itself. */
export function parseUnitId(unitId: string): { shiftId: string; extra: number } {
  const [shiftId = unitId, extra = "0"] = unitId.split("+");
  return { shiftId, extra: Number(extra) };
}

/** Whether a question comes too late: it asks for another start of a unit that is on the road. */
export const isOvertaken = ({ units }: PlanningDay, asked: WhatIf | null): boolean =>
  units.some(({ id, onRoad }) => onRoad && id === asked?.moveStart?.shiftId);

/** The day as a question assumes it to be. */
export function assume(day: PlanningDay, asked: WhatIf | null): PlanningDay {
  if (asked === null) return day;
  const units = day.units.map((unit) => moved(unit, asked)).concat(extraUnits(day, asked));
  return { ...day, units, trips: day.trips.map((trip) => widened(trip, asked.widenWindowsMin ?? 0)) };
}

function moved(unit: PlanningUnit, { moveStart }: WhatIf): PlanningUnit {
  if (moveStart?.shiftId !== unit.id || unit.onRoad) return unit;
  const shiftStartS = Math.min(unit.shiftEndS, unit.shiftStartS + moveStart.minutes * 60);
  const availableS = Math.max(shiftStartS, unit.availableS + Math.min(0, moveStart.minutes * 60));
  return { ...unit, shiftStartS, availableS: moveStart.minutes > 0 ? Math.max(availableS, shiftStartS) : availableS };
}

function extraUnits({ units }: PlanningDay, { extraUnitsLike }: WhatIf): PlanningUnit[] {
  const like = units.find(({ id }) => id === extraUnitsLike?.shiftId);
  if (!like || !extraUnitsLike) return [];
  return Array.from({ length: extraUnitsLike.count }, (_, i) => ({
    ...like,
    id: extraUnitId(like.id, i + 1),
    callSign: extraCallSign(like.callSign, i + 1),
    startPlaceIndex: like.endPlaceIndex,
    onRoad: false,
    stops: [],
  }));
}

function widened(trip: PlanningTrip, minutes: number): PlanningTrip {
  if (minutes === 0 || trip.aboard || trip.locked) return trip;
  const wider = <E extends { earliestS: number; latestS: number }>(end: E): E => ({
    ...end,
    earliestS: end.earliestS - minutes * 60,
    latestS: end.latestS + minutes * 60,
  });
  return { ...trip, pickup: wider(trip.pickup), dropoff: trip.dropoff && wider(trip.dropoff) };
}
