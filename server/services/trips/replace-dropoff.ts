import "server-only";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import { bumpManifest, insertStops, type ManifestRow, orderStops, updateStopOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { isSupport } from "@/server/domain/trips/support";
import { dropoffStop } from "./manifest-of-shift";

/** Moves the drop-off stop of a trip to its new place, or adds it behind the pickup; the shift is locked. */
export async function replaceDropoff(
  tx: Tx,
  { actor }: Ctx,
  trip: TripRow,
  assignment: AssignmentRow,
  rows: ManifestRow[],
): Promise<void> {
  const { agencyId } = actor;
  const set = {
    facilityId: trip.dropoffFacilityId,
    location: trip.dropoffLocation,
    plannedAt: trip.dropoffAt ?? trip.appointmentAt,
    arrivedAt: null,
    etaAt: null,
  };
  const moved = await updateStopOf(tx, agencyId, { assignmentId: assignment.id, kind: "dropoff" }, set);
  if (!moved && trip.dropoffLocation !== null) {
    const common = { agencyId, shiftId: assignment.shiftId, seq: 0, tripId: trip.id, assignmentId: assignment.id };
    const added = dropoffStop(trip, common);
    await insertStops(tx, [added]);
    const ids = rows.map(({ stop }) => stop.id);
    const pickupAt = rows.findIndex(({ stop }) => stop.tripId === trip.id && stop.kind === "pickup");
    ids.splice(pickupAt + 1, 0, added.id);
    await orderStops(tx, agencyId, ids, rows[0]?.stop.seq ?? 10);
  }
  await bumpManifest(tx, agencyId, assignment.shiftId);
}

/** Moves the pickup stop of a trip to its new place and time; the shift is locked. */
export async function replacePickup(tx: Tx, { actor }: Ctx, trip: TripRow, assignment: AssignmentRow): Promise<void> {
  const { agencyId } = actor;
  const set = { facilityId: trip.pickupFacilityId, location: trip.pickupLocation, plannedAt: trip.pickupAt };
  const kind = isSupport(assignment) ? "wait" : "pickup";
  await updateStopOf(tx, agencyId, { assignmentId: assignment.id, kind }, set);
  await bumpManifest(tx, agencyId, assignment.shiftId);
}
