import type { Places } from "@/server/domain/fleet/vocabulary";
import { PLACE_KINDS, type Priority, type Timing } from "@/server/domain/trips/vocabulary";
import { RESPONSE_TARGET_MINUTES } from "@/server/domain/trips/windows";
import type { PlanningSettings } from "./settings";

export type TimedTrip = {
  priority: Priority;
  timing: Timing;
  passengers: Places;
  pickupAt: Date | null;
  pickupEarliest: Date | null;
  pickupLatest: Date | null;
  dropoffAt: Date | null;
  dropoffEarliest: Date | null;
  dropoffLatest: Date | null;
  appointmentAt: Date | null;
  readyAt: Date | null;
  requestedAt: Date;
  promisedPickupAt: Date | null;
  promisedDropoffAt: Date | null;
};
export type Window = { earliest: Date; latest: Date };
export type TripWindows = { pickup: Window; dropoff: Window; serviceS: { pickup: number; dropoff: number } };

const MINUTE_MS = 60_000;
const plus = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
const laterOf = (a: Date, b: Date) => (a > b ? a : b);
/** A promise that is broken already: the unit comes as soon as it can, within this, in minutes. */
const OVERDUE_MINUTES = 60;

/** How long the unit stands at both ends, in seconds: the slowest kind of rider decides. */
export function serviceOf(passengers: Places, settings: PlanningSettings): { pickup: number; dropoff: number } {
  const kinds = PLACE_KINDS.filter((kind) => passengers[kind] > 0);
  const most = (end: "pickup" | "dropoff") =>
    60 * Math.max(...(kinds.length > 0 ? kinds : PLACE_KINDS).map((kind) => settings.serviceMinutes[kind][end]));
  return { pickup: most("pickup"), dropoff: most("dropoff") };
}

/**
 * The longest a ride may take, in seconds.
 * @param directS - the straight way; null = not known
 */
export const maxRideOf = (directS: number | null, settings: PlanningSettings): number =>
  Math.max(settings.rideAtLeastMinutes * 60, settings.rideFactor * (directS ?? 0));

/**
 * When service may begin at both ends: the trip's own window, else the promise with the agency's leeway. A window that
 * has passed is opened again from now on.
 * @param directS - the straight way in seconds
 */
export function tripWindows(
  trip: TimedTrip,
  directS: number | null,
  settings: PlanningSettings,
  now: Date,
): TripWindows {
  const serviceS = serviceOf(trip.passengers, settings);
  const pickup = reopened(pickupWindow(trip, settings), now);
  const latestArrival = plus(pickup.latest, (serviceS.pickup + maxRideOf(directS, settings)) / 60);
  const due = trip.dropoffLatest ?? trip.appointmentAt ?? trip.dropoffAt ?? trip.promisedDropoffAt;
  const dropoff = { earliest: trip.dropoffEarliest ?? pickup.earliest, latest: due ?? latestArrival };
  return { pickup, dropoff: reopened(dropoff, now, latestArrival), serviceS };
}

function pickupWindow(trip: TimedTrip, settings: PlanningSettings): Window {
  const { priority, timing, pickupEarliest, pickupLatest, readyAt, requestedAt } = trip;
  if (timing === "will_call" && readyAt !== null) {
    return { earliest: readyAt, latest: pickupLatest ?? plus(readyAt, RESPONSE_TARGET_MINUTES[priority]) };
  }
  const agreed = trip.promisedPickupAt ?? trip.pickupAt;
  if (timing === "asap" || agreed === null) {
    return { earliest: requestedAt, latest: agreed ?? plus(requestedAt, RESPONSE_TARGET_MINUTES[priority]) };
  }
  const earliest = pickupEarliest ?? plus(agreed, -settings.pickupEarlyMinutes);
  return { earliest, latest: laterOf(pickupLatest ?? plus(agreed, settings.pickupLateMinutes), earliest) };
}

function reopened(window: Window, now: Date, atLeast: Date = now): Window {
  if (window.latest >= now) return window;
  return { earliest: window.earliest, latest: laterOf(plus(now, OVERDUE_MINUTES), atLeast) };
}
