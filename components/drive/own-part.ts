import { isSupport } from "@/server/domain/trips/support";
import type { TripView } from "@/server/domain/trips/trip-view";
import type { Manifest } from "./kept-manifest";

/**
 * A trip as this crew is on it. One that it only supports has a ladder of its own: status, clocks and delivery are its
 * unit's, and it carries nobody.
 */
export function ownPart(trip: TripView, shiftId: string): TripView {
  if (trip.assignment?.shiftId === shiftId) return trip;
  const own = trip.assignments.findLast((one) => one.shiftId === shiftId && one.current && isSupport(one));
  if (!own || own.status === "ended") return trip;
  return {
    ...trip,
    kind: "assist",
    status: own.status,
    assignment: own,
    missed: own.missed,
    times: { ...trip.times, ...own.times },
  };
}

/** The run with each trip as this crew is on it. */
export function ownRun(manifest: Manifest): Manifest {
  const { shift, trips } = manifest;
  return shift ? { ...manifest, trips: trips.map((trip) => ownPart(trip, shift.id)) } : manifest;
}

/** Whom this crew helps, and as what; null for a trip that it carries out itself. */
export function helpsWhom(trip: TripView): { role: string; callSign: string | null } | null {
  const { assignment } = trip;
  if (!assignment || !isSupport(assignment)) return null;
  const carrier = trip.assignments.findLast((one) => !isSupport(one) && one.current);
  return { role: assignment.role, callSign: carrier?.callSign ?? null };
}
