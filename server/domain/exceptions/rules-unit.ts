import { DARK_S, STALE_S } from "@/server/domain/units/freshness";
import type { Wanted } from "./rules-trip";
import { OVERRUN_GRACE_MINUTES } from "./thresholds";

/** A unit (a signed-on shift) as the watch sees it. */
export type WatchedUnit = {
  shiftId: string;
  vehicleId: string;
  signedOnAt: Date;
  endsAt: Date;
  /** When its newest valid fix counted as true; null = none since ever. */
  positionAt: Date | null;
  darkReason: string | null;
  activeTripId: string | null;
  /** When its told trips are estimated to end; null = free or unknown. */
  busyUntil: Date | null;
};

const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);

/** Silent for 10 min (5 min with a trip) warns, for 60 min (20 min with a trip) alerts. */
export const DARK_LIMITS_S = { free: { warn: STALE_S, alert: DARK_S }, onTrip: { warn: STALE_S / 2, alert: 1200 } };

function unitDark(unit: WatchedUnit, now: Date): Wanted | null {
  const { warn, alert } = unit.activeTripId ? DARK_LIMITS_S.onTrip : DARK_LIMITS_S.free;
  const heard = unit.positionAt !== null && unit.positionAt > unit.signedOnAt ? unit.positionAt : unit.signedOnAt;
  if (now < after(heard, warn)) return null;
  const worse = now >= after(heard, alert);
  const silentMinutes = Math.floor((now.getTime() - heard.getTime()) / 60_000);
  const detail = { silentMinutes, reason: unit.darkReason };
  return {
    ...subject(unit, "unit_dark"),
    severity: worse ? "alert" : "warning",
    worseAt: worse ? null : after(heard, alert),
    detail,
  };
}

function shiftOverrun(unit: WatchedUnit, now: Date): Wanted | null {
  const limit = after(unit.endsAt, OVERRUN_GRACE_MINUTES * 60);
  if (now >= limit) return { ...subject(unit, "shift_overrun"), severity: "alert", worseAt: null, detail: {} };
  if (unit.busyUntil === null || unit.busyUntil < limit) return null;
  const minutesOver = Math.floor((unit.busyUntil.getTime() - unit.endsAt.getTime()) / 60_000);
  return { ...subject(unit, "shift_overrun"), severity: "warning", worseAt: limit, detail: { minutesOver } };
}

const subject = (unit: WatchedUnit, kind: Wanted["kind"]) =>
  ({ kind, subjectType: "shift", subjectId: unit.shiftId, tripId: unit.activeTripId, shiftId: unit.shiftId }) as const;

/** Everything about this unit that somebody must look at now. */
export const unitExceptions = (unit: WatchedUnit, now: Date): Wanted[] =>
  [unitDark(unit, now), shiftOverrun(unit, now)].filter((one) => one !== null);
