import "server-only";
import type { ShownAssignment } from "@/db/queries/assignments";
import type { FacilityOfTrip } from "@/db/queries/trip-places";
import type { TripRow } from "@/db/queries/trips";
import { type Actor, isLocked } from "@/server/context";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { initialsOf, type RiderVisibility, riderVisibility } from "@/server/domain/trips/rider-visibility";
import type { AssignmentView, TripEnd, TripView } from "@/server/domain/trips/trip-view";
import { PUBLIC_STATUS_OF } from "@/server/domain/trips/vocabulary";
import { tripChannel } from "@/server/realtime/channels";
import { openOfTrip } from "./patient-fields";

/** A trip with what is needed to show it. */
export type TripBundle = {
  trip: TripRow;
  assignments: ShownAssignment[];
  facilities: ReadonlyMap<string, FacilityOfTrip>;
};

/** How much of the rider this caller may see now. */
export function visibilityOf(
  { assignments }: Pick<TripBundle, "assignments">,
  actor: Actor,
  now: Date,
): RiderVisibility {
  if (actor.kind === "system" || isLocked(actor)) return "none";
  const scopes = actor.kind === "api_key" ? actor.scopes : null;
  const roles = actor.kind === "user" ? actor.roles : [];
  const shifts = assignments.filter((one) => one.own && one.assignment.current);
  return riderVisibility({ roles, scopes }, shifts, now);
}

/** What this actor may see of riders by role alone: a crew needs a trip of its own for anything. */
export const riderVisibilityOfRole = (actor: Actor): RiderVisibility =>
  visibilityOf({ assignments: [] }, actor, new Date(0));

/** The one way a trip is shown: api.md's shape, without what this caller may not see of the rider. */
export function presentTrip(bundle: TripBundle, actor: Actor, now: Date): TripView {
  const { trip, assignments } = bundle;
  const sees = visibilityOf(bundle, actor, now);
  const shown = assignments.map(showAssignment);
  const current = shown.find((one) => one.current && one.id === trip.currentAssignmentId) ?? null;
  return {
    ...plainFields(trip),
    ...riderFields(trip, sees),
    pickup: pickupOf(bundle, sees, seesPoints(actor, sees)),
    dropoff: dropoffOf(bundle, sees, seesPoints(actor, sees)),
    assignment: current,
    assignments: shown,
    times: { bookedAt: trip.bookedAt, requestedAt: trip.requestedAt, ...(current?.times ?? lastTimes(trip, shown)) },
    channel: tripChannel(trip.id, trip.channelEpoch),
  };
}

const NO_TIMES: AssignmentView["times"] = {
  dispatchedAt: null,
  acknowledgedAt: null,
  enRouteAt: null,
  atPickupAt: null,
  loadedAt: null,
  atDropoffAt: null,
  completedAt: null,
  clearedAt: null,
};
/** A closed trip keeps the clocks of the unit that had it; an open one without a unit has none. */
const lastTimes = (trip: TripRow, shown: AssignmentView[]) =>
  (trip.closedAt ? shown.findLast((one) => one.role === "transport")?.times : undefined) ?? NO_TIMES;

function plainFields(trip: TripRow) {
  return {
    id: trip.id,
    number: trip.number,
    version: trip.version,
    kind: trip.kind,
    status: trip.status,
    publicStatus: PUBLIC_STATUS_OF[trip.status],
    outcome: trip.outcome,
    priority: trip.priority,
    priorityAtDispatch: trip.priorityAtDispatch,
    lightsAndSiren: trip.lightsAndSiren,
    level: trip.level,
    timing: trip.timing,
    unknownRider: trip.unknownRider,
    appointmentAt: trip.appointmentAt,
    readyAt: trip.readyAt,
    promised: { pickupAt: trip.promisedPickupAt, dropoffAt: trip.promisedDropoffAt },
    needs: trip.needs,
    passengers: trip.passengers,
    journeyId: trip.journeyId,
    incidentId: trip.incidentId,
    legNo: trip.legNo,
    returnOf: trip.returnOf,
    sameUnit: trip.sameUnit,
    externalRef: trip.externalRef,
    missed: trip.missed,
    endReason: trip.endReason,
    evidence: trip.evidence,
    etaPickupAt: trip.etaPickupAt,
    etaDropoffAt: trip.etaDropoffAt,
    distanceM: trip.distanceM,
    durationS: trip.durationS,
  };
}

function riderFields(trip: TripRow, sees: RiderVisibility) {
  if (sees === "none") return {};
  const name = openOfTrip("riderName", trip.id, trip.riderNameEnc);
  if (sees === "initials") return { riderName: name === null ? null : initialsOf(name) };
  return {
    riderName: name,
    riderPhone: openOfTrip("riderPhone", trip.id, trip.riderPhoneEnc),
    riderId: trip.riderId,
    notes: openOfTrip("notes", trip.id, trip.notesEnc),
  };
}

function pickupOf({ trip, facilities }: TripBundle, sees: RiderVisibility, seesPoint: boolean): TripEnd {
  const facility = facilities.get(trip.pickupFacilityId ?? "");
  return {
    facilityId: trip.pickupFacilityId,
    facilityName: facility?.name ?? null,
    ...addressOf(facility, sees, () => openOfTrip("pickupAddress", trip.id, trip.pickupAddressEnc)),
    ...placeOf(facility, { sees, seesPoint }, { zip: trip.pickupZip, location: trip.pickupLocation }),
    at: trip.pickupAt,
    earliest: trip.pickupEarliest,
    latest: trip.pickupLatest,
    ...(sees === "full" && { notes: openOfTrip("pickupNotes", trip.id, trip.pickupNotesEnc) }),
  };
}

function dropoffOf({ trip, facilities }: TripBundle, sees: RiderVisibility, seesPoint: boolean): TripEnd | null {
  if (!trip.dropoffLocation) return null;
  const facility = facilities.get(trip.dropoffFacilityId ?? "");
  return {
    facilityId: trip.dropoffFacilityId,
    facilityName: facility?.name ?? null,
    ...addressOf(facility, sees, () => openOfTrip("dropoffAddress", trip.id, trip.dropoffAddressEnc)),
    ...placeOf(facility, { sees, seesPoint }, { zip: trip.dropoffZip, location: trip.dropoffLocation }),
    at: trip.dropoffAt,
    earliest: trip.dropoffEarliest,
    latest: trip.dropoffLatest,
    ...(sees === "full" && { notes: openOfTrip("dropoffNotes", trip.id, trip.dropoffNotesEnc) }),
  };
}

/** A facility's address is public; another one is where somebody lives. */
function addressOf(facility: FacilityOfTrip | undefined, sees: RiderVisibility, openIt: () => string | null) {
  if (sees === "full") return { address: openIt() ?? facility?.address ?? null };
  return facility ? { address: facility.address } : {};
}

/**
 * A partner's key gets the points of trips, without a name, an address or a ZIP: whoever sends or drives for an agency can
 * do nothing without them, and the agency's admin gave the key for that.
 */
const seesPoints = (actor: Actor, sees: RiderVisibility): boolean => sees === "full" || actor.kind === "api_key";

/** So is a facility's place; another one would lead to somebody's door. */
function placeOf(
  facility: FacilityOfTrip | undefined,
  { sees, seesPoint }: { sees: RiderVisibility; seesPoint: boolean },
  { zip, location }: { zip: string | null; location: LngLat },
) {
  return {
    ...((facility || sees === "full") && { zip }),
    ...((facility || seesPoint) && { lat: location.lat, lon: location.lng }),
  };
}

function showAssignment({ assignment, callSign, vehicleNo }: ShownAssignment): AssignmentView {
  return {
    id: assignment.id,
    shiftId: assignment.shiftId,
    vehicleId: assignment.vehicleId,
    vehicleNo,
    callSign,
    role: assignment.role,
    mode: assignment.mode,
    status: assignment.status,
    current: assignment.current,
    levelSent: assignment.levelSent,
    assignedAt: assignment.assignedAt,
    endedAt: assignment.endedAt,
    endReason: assignment.endReason,
    delivery: { sentAt: assignment.sentAt, onPhoneAt: assignment.onPhoneAt, seenAt: assignment.seenAt },
    times: {
      dispatchedAt: assignment.dispatchedAt,
      acknowledgedAt: assignment.acknowledgedAt,
      enRouteAt: assignment.enRouteAt,
      atPickupAt: assignment.atPickupAt,
      loadedAt: assignment.loadedAt,
      atDropoffAt: assignment.atDropoffAt,
      completedAt: assignment.completedAt,
      clearedAt: assignment.clearedAt,
    },
    missed: assignment.missed,
  };
}
