import { and, asc, eq, gte, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { assignments, exceptions, facilities, shifts, trips, vehicles } from "@/db/schema";
import { isAmong, uuidArray } from "./array-literal";

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

/** What the board holds: trips wanted in a period. @param ids - only these of them */
export type BoardPeriod = { from: Date; to: Date; limit: number; ids?: string[] | undefined };

/** Trips wanted in a period, and all that are open from before it, with the unit that has them; earliest first. */
export const boardTripRows = (tx: Tx, agencyId: string, { from, to, limit, ids }: BoardPeriod) =>
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
        ids && isAmong(trips.id, ids),
      ),
    )
    .orderBy(asc(trips.requestedAt), asc(trips.id))
    .limit(limit);
export type BoardTripRow = Awaited<ReturnType<typeof boardTripRows>>[number];

/** Units that support a trip now, beside the one that has it; first sent first. @param tripIds - of these only */
export const supportRows = (tx: Tx, agencyId: string, tripIds?: string[]) =>
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
        tripIds && isAmong(assignments.tripId, tripIds),
      ),
    )
    .orderBy(asc(assignments.assignedAt), asc(assignments.id));
export type SupportRow = Awaited<ReturnType<typeof supportRows>>[number];

/** Trips and shifts, by id. */
export type BoardReach = { trips: string[]; units: string[] };

/**
 * What a change of these may have touched on the board: the units that have or had a trip, and the trips that such a unit
 * has still to make, whose estimates follow from one another.
 */
export async function boardReach(
  tx: Tx,
  agencyId: string,
  asked: BoardReach & { exceptions: string[] },
): Promise<BoardReach> {
  const rows = await tx.execute<{ kind: "trip" | "unit"; id: string }>(sql`
    with subject as (
      select trip_id, shift_id from ${exceptions}
      where agency_id = ${agencyId} and id = any(${uuidArray(asked.exceptions)}::uuid[])),
    trip as (
      select unnest(${uuidArray(asked.trips)}::uuid[]) as id
      union select trip_id from subject where trip_id is not null),
    unit as (
      select unnest(${uuidArray(asked.units)}::uuid[]) as id
      union select shift_id from subject where shift_id is not null
      union select shift_id from ${assignments} where agency_id = ${agencyId} and trip_id in (select id from trip))
    select 'unit' as kind, id from unit
    union select 'trip', id from trip
    union select 'trip', trip_id from ${assignments}
      where agency_id = ${agencyId} and shift_id in (select id from unit) and current and status <> 'completed'`);
  const idsOf = (kind: "trip" | "unit") => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  return { trips: idsOf("trip"), units: idsOf("unit") };
}
