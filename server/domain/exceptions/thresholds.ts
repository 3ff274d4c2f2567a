import type { TripStatus } from "@/server/domain/trips/vocabulary";

/** Minutes in a status that warn and alert; null = watched by another rule. */
export const STATUS_MINUTES: Partial<Record<TripStatus, { warn: number; alert: number }>> = {
  acknowledged: { warn: 5, alert: 10 },
  en_route: { warn: 45, alert: 75 },
  at_pickup: { warn: 20, alert: 40 },
  loaded: { warn: 75, alert: 120 },
};
/** Minutes after the promise that are still on time. */
export const LATE_GRACE_MINUTES = 5;
/** Minutes late that make it an alert, and an emergency. */
export const LATE_ALERT_MINUTES = 15;
/** Minutes before the promise within which a trip should have a unit, and those that make it an alert. */
export const UNASSIGNED_MINUTES = { warn: 30, alert: 10 };
/** Seconds an emergency or urgent call may wait for a unit. */
export const UNASSIGNED_ASAP_S = { warn: 60, alert: 180 };
/** Minutes a will-call rider who is ready may wait for a unit. */
export const WILL_CALL_MINUTES = { warn: 10, alert: 30 };
/** Minutes at the destination until the hand-over counts as delayed. */
export const OFFLOAD_MINUTES = { warn: 20, alert: 40 };
/** Minutes a trip may end after its shift. */
export const OVERRUN_GRACE_MINUTES = 15;
