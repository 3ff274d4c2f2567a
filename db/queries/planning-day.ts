import { and, asc, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, bases, shiftCrew, shifts, stops, trips, vehiclePositions, vehicles } from "@/db/schema";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { rulesOfTrip } from "@/server/domain/riders/riding-rules";
import { dropoffRuleColumns, pickupRuleColumns, RULE_JOINS, riderRuleColumns } from "./riding-rules";

/** Shifts that run in a period and are not signed off, with truck, base, last position and crew; by call sign. */
export const planningUnits = (tx: Tx, agencyId: string, from: Date, to: Date) =>
  tx
    .select({
      shift: shifts,
      vehicle: {
        vehicleNo: vehicles.vehicleNo,
        type: vehicles.type,
        levels: vehicles.levels,
        places: vehicles.places,
        configurations: vehicles.configurations,
        inService: vehicles.inService,
        deactivatedAt: vehicles.deactivatedAt,
        baseId: vehicles.baseId,
      },
      // Never null first: drizzle takes a joined object whose first column is null for a row that is not there.
      base: { id: bases.id, name: bases.name, location: bases.location },
      position: { takenAt: vehiclePositions.takenAt, location: vehiclePositions.location },
      crewUserIds: sql<string[]>`coalesce((select array_agg(c.user_id order by c.id) from ${shiftCrew} c
        where c.agency_id = ${shifts.agencyId} and c.shift_id = ${shifts.id} and c.removed_at is null), '{}')`,
    })
    .from(shifts)
    .innerJoin(vehicles, and(eq(vehicles.agencyId, shifts.agencyId), eq(vehicles.id, shifts.vehicleId)))
    .leftJoin(
      bases,
      and(eq(bases.agencyId, shifts.agencyId), sql`${bases.id} = coalesce(${shifts.baseId}, ${vehicles.baseId})`),
    )
    .leftJoin(
      vehiclePositions,
      and(eq(vehiclePositions.agencyId, shifts.agencyId), eq(vehiclePositions.vehicleId, shifts.vehicleId)),
    )
    .where(
      and(
        eq(shifts.agencyId, agencyId),
        isNull(shifts.deactivatedAt),
        isNull(shifts.signedOffAt),
        lt(shifts.startsAt, to),
        gt(shifts.endsAt, from),
      ),
    )
    .orderBy(asc(shifts.callSign), asc(shifts.id));
export type PlanningUnitRow = Awaited<ReturnType<typeof planningUnits>>[number];

/** Where the base of a shift is; null when it has none. */
export const planningUnitBase = async (tx: Tx, agencyId: string, shiftId: string): Promise<LngLat | null> => {
  const [row] = await tx
    .select({ location: bases.location })
    .from(shifts)
    .innerJoin(vehicles, and(eq(vehicles.agencyId, shifts.agencyId), eq(vehicles.id, shifts.vehicleId)))
    .innerJoin(
      bases,
      and(eq(bases.agencyId, shifts.agencyId), sql`${bases.id} = coalesce(${shifts.baseId}, ${vehicles.baseId})`),
    )
    .where(and(eq(shifts.agencyId, agencyId), eq(shifts.id, shiftId)));
  return row?.location ?? null;
};

/** What a plan needs to know of a trip: times, places and needs; nothing that names a patient. */
const tripSelection = {
  id: trips.id,
  number: trips.number,
  version: trips.version,
  kind: trips.kind,
  status: trips.status,
  priority: trips.priority,
  level: trips.level,
  timing: trips.timing,
  riderId: trips.riderId,
  pickupLocation: trips.pickupLocation,
  dropoffLocation: trips.dropoffLocation,
  pickupAt: trips.pickupAt,
  pickupEarliest: trips.pickupEarliest,
  pickupLatest: trips.pickupLatest,
  dropoffAt: trips.dropoffAt,
  dropoffEarliest: trips.dropoffEarliest,
  dropoffLatest: trips.dropoffLatest,
  appointmentAt: trips.appointmentAt,
  readyAt: trips.readyAt,
  requestedAt: trips.requestedAt,
  promisedPickupAt: trips.promisedPickupAt,
  promisedDropoffAt: trips.promisedDropoffAt,
  passengers: trips.passengers,
  needs: trips.needs,
  journeyId: trips.journeyId,
  legNo: trips.legNo,
  returnOf: trips.returnOf,
  sameUnit: trips.sameUnit,
  distanceM: trips.distanceM,
  durationS: trips.durationS,
};
const assignmentSelection = {
  id: assignments.id,
  shiftId: assignments.shiftId,
  mode: assignments.mode,
  status: assignments.status,
  loadedAt: assignments.loadedAt,
  overrideReason: assignments.overrideReason,
};

const [RIDER, PICKUP, DROPOFF] = RULE_JOINS;

const tripsWhere = async (tx: Tx, where: SQL | undefined) => {
  const rows = await tx
    .select({
      trip: tripSelection,
      assignment: assignmentSelection,
      rider: riderRuleColumns,
      pickupPlace: pickupRuleColumns,
      dropoffPlace: dropoffRuleColumns,
    })
    .from(trips)
    .leftJoin(...RIDER)
    .leftJoin(...PICKUP)
    .leftJoin(...DROPOFF)
    .leftJoin(
      assignments,
      and(
        eq(assignments.agencyId, trips.agencyId),
        eq(assignments.id, trips.currentAssignmentId),
        eq(assignments.current, true),
      ),
    )
    .where(where)
    .orderBy(asc(trips.requestedAt), asc(trips.id));
  return rows.map(({ trip, assignment, rider, pickupPlace, dropoffPlace }) => ({
    trip,
    assignment,
    rules: rulesOfTrip(
      rider,
      [pickupPlace, dropoffPlace].filter((place) => place !== null),
    ),
  }));
};

/**
 * Open trips wanted in a period, and every open trip that one of these shifts has, by the time they are wanted.
 * `requested_at` of a trip with a time is that time, so the index on it serves.
 */
export const planningTrips = (
  tx: Tx,
  agencyId: string,
  { from, to, shiftIds }: { from: Date; to: Date; shiftIds: string[] },
) =>
  tripsWhere(
    tx,
    and(
      eq(trips.agencyId, agencyId),
      isNull(trips.closedAt),
      or(
        and(gte(trips.requestedAt, from), lt(trips.requestedAt, to)),
        shiftIds.length > 0 ? inArray(assignments.shiftId, shiftIds) : undefined,
      ),
    ),
  );

/** Open trips that these shifts have. */
export const tripsOfShifts = (tx: Tx, agencyId: string, shiftIds: string[]): Promise<PlanningTripRow[]> =>
  shiftIds.length === 0
    ? Promise.resolve([])
    : tripsWhere(tx, and(eq(trips.agencyId, agencyId), isNull(trips.closedAt), inArray(assignments.shiftId, shiftIds)));
export type PlanningTripRow = Awaited<ReturnType<typeof planningTrips>>[number];

/** Few columns: a question about a trip reads the stops of every unit while somebody waits. */
const stopSelection = {
  id: stops.id,
  shiftId: stops.shiftId,
  tripId: stops.tripId,
  breakId: stops.breakId,
  dwellS: stops.dwellS,
  kind: stops.kind,
  location: stops.location,
  plannedAt: stops.plannedAt,
  etaAt: stops.etaAt,
  arrivedAt: stops.arrivedAt,
  locked: stops.locked,
};

/** The stops that these shifts have still to make, in order. */
export const planningStops = (tx: Tx, agencyId: string, shiftIds: string[]) =>
  shiftIds.length === 0
    ? Promise.resolve([])
    : tx
        .select(stopSelection)
        .from(stops)
        .where(
          and(
            eq(stops.agencyId, agencyId),
            inArray(stops.shiftId, shiftIds),
            isNull(stops.removedAt),
            isNull(stops.departedAt),
          ),
        )
        .orderBy(asc(stops.shiftId), asc(stops.seq), asc(stops.id));
export type PlanningStopRow = Awaited<ReturnType<typeof planningStops>>[number];
