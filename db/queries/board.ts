import { and, asc, eq, gte, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { assignments, facilities, shifts, trips, vehicles } from "@/db/schema";

const pickupAt = alias(facilities, "pickup_facility");
const dropoffAt = alias(facilities, "dropoff_facility");

const tripColumns = {
  id: trips.id,
  number: trips.number,
  version: trips.version,
  kind: trips.kind,
  status: trips.status,
  outcome: trips.outcome,
  priority: trips.priority,
  lightsAndSiren: trips.lightsAndSiren,
  level: trips.level,
  timing: trips.timing,
  riderNameEnc: trips.riderNameEnc,
  unknownRider: trips.unknownRider,
  pickupFacilityId: trips.pickupFacilityId,
  pickupFacilityName: pickupAt.name,
  pickupAddressEnc: trips.pickupAddressEnc,
  pickupLocation: trips.pickupLocation,
  dropoffFacilityId: trips.dropoffFacilityId,
  dropoffFacilityName: dropoffAt.name,
  dropoffAddressEnc: trips.dropoffAddressEnc,
  dropoffLocation: trips.dropoffLocation,
  requestedAt: trips.requestedAt,
  bookedAt: trips.bookedAt,
  closedAt: trips.closedAt,
  pickupAt: trips.pickupAt,
  readyAt: trips.readyAt,
  appointmentAt: trips.appointmentAt,
  promisedPickupAt: trips.promisedPickupAt,
  promisedDropoffAt: trips.promisedDropoffAt,
  etaPickupAt: trips.etaPickupAt,
  etaDropoffAt: trips.etaDropoffAt,
  needs: trips.needs,
  passengers: trips.passengers,
  missed: trips.missed,
};
const unitColumns = {
  assignmentId: assignments.id,
  shiftId: assignments.shiftId,
  vehicleId: assignments.vehicleId,
  vehicleNo: vehicles.vehicleNo,
  callSign: shifts.callSign,
  mode: assignments.mode,
  assignmentStatus: assignments.status,
  assignedAt: assignments.assignedAt,
  dispatchedAt: assignments.dispatchedAt,
  acknowledgedAt: assignments.acknowledgedAt,
  enRouteAt: assignments.enRouteAt,
  atPickupAt: assignments.atPickupAt,
  loadedAt: assignments.loadedAt,
  atDropoffAt: assignments.atDropoffAt,
  completedAt: assignments.completedAt,
  sentAt: assignments.sentAt,
  onPhoneAt: assignments.onPhoneAt,
  seenAt: assignments.seenAt,
};

/** Trips wanted in a period, and all that are open from before it, with the unit that has them; earliest first. */
export const boardTripRows = (tx: Tx, agencyId: string, { from, to, limit }: { from: Date; to: Date; limit: number }) =>
  tx
    .select({ ...tripColumns, ...unitColumns })
    .from(trips)
    .leftJoin(pickupAt, and(eq(pickupAt.agencyId, trips.agencyId), eq(pickupAt.id, trips.pickupFacilityId)))
    .leftJoin(dropoffAt, and(eq(dropoffAt.agencyId, trips.agencyId), eq(dropoffAt.id, trips.dropoffFacilityId)))
    .leftJoin(
      assignments,
      and(
        eq(assignments.agencyId, trips.agencyId),
        eq(assignments.id, trips.currentAssignmentId),
        eq(assignments.current, true),
      ),
    )
    .leftJoin(shifts, and(eq(shifts.agencyId, assignments.agencyId), eq(shifts.id, assignments.shiftId)))
    .leftJoin(vehicles, and(eq(vehicles.agencyId, assignments.agencyId), eq(vehicles.id, assignments.vehicleId)))
    .where(
      and(
        eq(trips.agencyId, agencyId),
        lt(trips.requestedAt, to),
        or(gte(trips.requestedAt, from), isNull(trips.closedAt)),
      ),
    )
    .orderBy(asc(trips.requestedAt), asc(trips.id))
    .limit(limit);
export type BoardTripRow = Awaited<ReturnType<typeof boardTripRows>>[number];

/** Units that support a trip now, beside the one that has it; first sent first. */
export const supportRows = (tx: Tx, agencyId: string) =>
  tx
    .select({
      assignmentId: assignments.id,
      tripId: assignments.tripId,
      shiftId: assignments.shiftId,
      callSign: shifts.callSign,
      role: assignments.role,
      status: assignments.status,
      assignedAt: assignments.assignedAt,
      dispatchedAt: assignments.dispatchedAt,
      acknowledgedAt: assignments.acknowledgedAt,
      enRouteAt: assignments.enRouteAt,
      atPickupAt: assignments.atPickupAt,
    })
    .from(assignments)
    .innerJoin(shifts, and(eq(shifts.agencyId, assignments.agencyId), eq(shifts.id, assignments.shiftId)))
    .where(
      and(
        eq(assignments.agencyId, agencyId),
        // As the index that holds only these says it.
        sql`${assignments.role} <> 'transport' and ${assignments.current} and ${assignments.status} <> 'completed'`,
      ),
    )
    .orderBy(asc(assignments.assignedAt), asc(assignments.id));
export type SupportRow = Awaited<ReturnType<typeof supportRows>>[number];
