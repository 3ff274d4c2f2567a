import { allowedNext } from "@/server/domain/trips/status-report";
import type { TripView } from "@/server/domain/trips/trip-view";
import { type CrewStatus, isActive, isClosed } from "@/server/domain/trips/vocabulary";
import type { Press, PressStatus } from "./drive-db";

/** The word on the one big button: what the crew says by pressing it. */
export const PRESS_LABEL: Record<CrewStatus, string> = {
  acknowledged: "Acknowledge",
  en_route: "Start to pickup",
  at_pickup: "Arrived at pickup",
  loaded: "Rider on board",
  at_dropoff: "Arrived at drop-off",
  completed: "Complete",
};
/** The same, once pressed. */
export const PRESSED_WORD: Record<PressStatus, string> = {
  acknowledged: "Acknowledged",
  en_route: "En route",
  at_pickup: "At pickup",
  loaded: "On board",
  at_dropoff: "At drop-off",
  completed: "Completed",
  no_show: "No-show",
};

const CREW_ORDER = Object.keys(PRESS_LABEL) as CrewStatus[];
const isCrewStatus = (status: string): status is CrewStatus => (CREW_ORDER as string[]).includes(status);

/**
 * A trip's status as this phone knows it: the server's, or that of a later press which has not been sent yet.
 */
export function statusOnPhone(trip: Pick<TripView, "id" | "status">, presses: readonly Press[]): TripView["status"] {
  const unsent = presses.filter((press) => press.tripId === trip.id && press.refused === null);
  const newest = unsent.at(-1)?.status;
  if (!newest || isClosed(trip.status)) return trip.status;
  if (newest === "no_show") return newest;
  const here = isCrewStatus(trip.status) ? CREW_ORDER.indexOf(trip.status) : -1;
  return CREW_ORDER.indexOf(newest) > here ? newest : trip.status;
}

/** The next status to press for a trip, or null when there is none (not told yet, or over). */
export function nextPress(
  trip: Pick<TripView, "id" | "kind" | "status">,
  presses: readonly Press[],
): CrewStatus | null {
  const status = statusOnPhone(trip, presses);
  if (!isActive(status)) return null;
  return allowedNext({ kind: trip.kind, status }).find(isCrewStatus) ?? null;
}

/** Since when the crew is at the door, sent or not; null when it is not there. */
export function atTheDoor(trip: Pick<TripView, "id" | "kind" | "status" | "times">, presses: readonly Press[]) {
  if (trip.kind !== "transport" || statusOnPhone(trip, presses) !== "at_pickup") return null;
  const pressed = presses.findLast(
    ({ tripId, status, refused }) => tripId === trip.id && status === "at_pickup" && !refused,
  );
  return { arrivedAt: trip.times.atPickupAt ?? (pressed ? new Date(pressed.at) : null) };
}

/**
 * The trip the crew is on: one whose rider is aboard first, then the furthest along, then the first told.
 */
export function currentTrip(trips: readonly TripView[], presses: readonly Press[]): TripView | null {
  const told = trips.filter((trip) => isActive(statusOnPhone(trip, presses)));
  const rank = (trip: TripView) => {
    const status = statusOnPhone(trip, presses);
    return isCrewStatus(status) ? CREW_ORDER.indexOf(status) : -1;
  };
  return told.toSorted((a, b) => rank(b) - rank(a) || +a.times.requestedAt - +b.times.requestedAt)[0] ?? null;
}
