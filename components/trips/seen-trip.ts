import type { BoardTrip } from "@/server/domain/trips/board-view";
import type { TripView } from "@/server/domain/trips/trip-view";
import { factsOfRow, factsOfTrip, type TripFacts } from "./what-changed";

/** A trip as a dispatcher saw it when asking for something: what is asked is asked of this version. */
export type SeenTrip = Pick<
  BoardTrip,
  "id" | "number" | "version" | "kind" | "status" | "timing" | "requestedAt" | "pickupAt" | "readyAt" | "statusSince"
> & {
  unit: { shiftId: string; callSign: string } | null;
  facts: (show: (at: Date) => string) => TripFacts;
};

export const seenRow = (trip: BoardTrip): SeenTrip => ({ ...trip, facts: (show) => factsOfRow(trip, show) });

/** Since when it is in its status, as far as its clocks tell. */
export function statusSince({ times, assignment }: TripView): Date {
  const clocks = [
    times.completedAt,
    times.atDropoffAt,
    times.loadedAt,
    times.atPickupAt,
    times.enRouteAt,
    times.acknowledgedAt,
    times.dispatchedAt,
    assignment?.assignedAt,
  ];
  return clocks.find((at) => at) ?? times.bookedAt;
}

export const seenTrip = (trip: TripView): SeenTrip => ({
  id: trip.id,
  number: trip.number,
  version: trip.version,
  kind: trip.kind,
  status: trip.status,
  timing: trip.timing,
  requestedAt: trip.times.requestedAt,
  pickupAt: trip.pickup.at,
  readyAt: trip.readyAt,
  statusSince: statusSince(trip),
  unit: trip.assignment?.current ? trip.assignment : null,
  facts: (show) => factsOfTrip(trip, show),
});
