import "server-only";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import {
  bumpManifest,
  insertStops,
  lastSeq,
  type ManifestRow,
  type NewStop,
  orderStops,
  removeStopsOf,
} from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { UnitRow } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import { setUpsOf } from "@/server/domain/dispatch/capacity";
import { type ManifestStop, withTrip } from "@/server/domain/dispatch/manifest";
import { NO_PLACES } from "@/server/domain/trips/passengers";
import { isSupport } from "@/server/domain/trips/support";
import { type AssignmentMode, isActive } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { aboardOf } from "./unit-of-trip";

/**
 * The stops a trip puts on a manifest: its pickup and, when there is one yet, its drop-off. A supporting unit goes to the
 * pickup as well, but nobody gets in.
 */
export function stopsOfTrip(trip: TripRow, assignment: AssignmentRow): NewStop[] {
  const common = {
    agencyId: trip.agencyId,
    shiftId: assignment.shiftId,
    seq: 0,
    tripId: trip.id,
    assignmentId: assignment.id,
  };
  const pickup: NewStop = {
    ...common,
    id: newId(),
    kind: isSupport(assignment) ? "wait" : "pickup",
    facilityId: trip.pickupFacilityId,
    location: trip.pickupLocation,
    plannedAt: trip.pickupAt,
  };
  return trip.dropoffLocation === null || isSupport(assignment) ? [pickup] : [pickup, dropoffStop(trip, common)];
}

/** The drop-off of a trip as a stop. */
export const dropoffStop = (
  trip: TripRow,
  common: Pick<NewStop, "agencyId" | "shiftId" | "seq" | "tripId" | "assignmentId">,
): NewStop => ({
  ...common,
  id: newId(),
  kind: "dropoff",
  facilityId: trip.dropoffFacilityId,
  location: trip.dropoffLocation,
  plannedAt: trip.dropoffAt ?? trip.appointmentAt,
});

/** A stop as the manifest's rules see it. */
export const asManifestStop = ({ stop, passengers, assignmentStatus }: ManifestRow): ManifestStop => ({
  id: stop.id,
  kind: stop.kind,
  tripId: stop.tripId,
  location: stop.location,
  plannedAt: stop.plannedAt,
  fixed: stop.arrivedAt !== null || stop.locked,
  told: assignmentStatus !== null && isActive(assignmentStatus),
  riders: passengers ?? NO_PLACES,
});

/**
 * Puts a trip's stops on the manifest of a locked shift, replacing those it had there.
 * @throws AppError rule_broken `places_full` when a shared ride fits nowhere
 */
export async function putOnManifest(
  tx: Tx,
  { actor, now }: Ctx,
  place: { unit: UnitRow; rows: ManifestRow[]; trip: TripRow; assignment: AssignmentRow; mode: AssignmentMode },
): Promise<void> {
  const { unit, trip, assignment, mode } = place;
  const { agencyId } = actor;
  const rows = place.rows.filter(({ stop }) => stop.tripId !== trip.id);
  const added = stopsOfTrip(trip, assignment);
  const asAdded = added.map((stop) => ({
    id: stop.id,
    kind: stop.kind,
    tripId: trip.id,
    location: stop.location ?? null,
    plannedAt: stop.plannedAt ?? null,
    fixed: false,
    told: isActive(assignment.status),
    riders: trip.passengers,
  }));
  const vehicle = { setUps: setUpsOf(unit.vehicle), aboard: aboardOf(rows), at: unit.position?.location ?? null };
  const ordered = withTrip(rows.map(asManifestStop), asAdded, mode, vehicle);
  if (ordered === null) {
    throw new AppError("rule_broken", "the shared ride fits nowhere", [
      { path: "shiftId", code: "places_full", message: "not enough places of the kind needed" },
    ]);
  }
  await removeStopsOf(tx, agencyId, assignment.id, now);
  await insertStops(tx, added);
  const first = (await lastSeq(tx, agencyId, assignment.shiftId)) + 10;
  await orderStops(
    tx,
    agencyId,
    ordered.map((stop) => stop.id),
    first,
  );
  await bumpManifest(tx, agencyId, assignment.shiftId);
}

/** Takes a trip's remaining stops off the manifest of a locked shift. */
export async function takeOffManifest(tx: Tx, { actor, now }: Ctx, assignment: AssignmentRow): Promise<void> {
  await removeStopsOf(tx, actor.agencyId, assignment.id, now);
  await bumpManifest(tx, actor.agencyId, assignment.shiftId);
}
