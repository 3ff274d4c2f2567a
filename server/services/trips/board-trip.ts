import "server-only";
import type { BoardTripRow, SupportRow } from "@/db/queries/board";
import { deliveryAlarm, deliveryStep } from "@/server/domain/dispatch/delivery-ladder";
import type { ExceptionKind } from "@/server/domain/exceptions/vocabulary";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type { BoardEnd, BoardTrip, BoardTripUnit } from "@/server/domain/trips/board-view";
import { latenessS } from "@/server/domain/trips/lateness";
import { initialsOf, type RiderVisibility } from "@/server/domain/trips/rider-visibility";
import { isSupport, type SupportOnBoard } from "@/server/domain/trips/support";
import { PUBLIC_STATUS_OF, type SupportRole } from "@/server/domain/trips/vocabulary";
import { openOfBoard } from "./patient-fields";

/** A row of the board. @param exceptions - kinds open on this trip, worst first */
export function boardTrip(
  row: BoardTripRow,
  supports: readonly SupportRow[],
  sees: RiderVisibility,
  exceptions: ExceptionKind[],
  now: Date,
): BoardTrip {
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    kind: row.kind,
    status: row.status,
    publicStatus: PUBLIC_STATUS_OF[row.status],
    outcome: row.outcome,
    priority: row.priority,
    lightsAndSiren: row.lightsAndSiren,
    level: row.level,
    timing: row.timing,
    riderName: nameOf(row, sees),
    unknownRider: row.unknownRider,
    from: pickupOf(row, sees),
    to: dropoffOf(row, sees),
    requestedAt: row.requestedAt,
    pickupAt: row.pickupAt,
    readyAt: row.readyAt,
    appointmentAt: row.appointmentAt,
    promisedPickupAt: row.promisedPickupAt,
    promisedDropoffAt: row.promisedDropoffAt,
    etaPickupAt: row.etaPickupAt,
    etaDropoffAt: row.etaDropoffAt,
    latenessS: latenessS(row, now),
    needs: row.needs,
    passengers: row.passengers,
    unit: unitOf(row, now),
    supports: supports.filter((one) => isSupport(one)).map(supportOf),
    statusSince: sinceOf(row),
    missed: row.missed,
    exceptions,
  };
}

function nameOf(row: BoardTripRow, sees: RiderVisibility): string | null {
  if (sees === "none") return null;
  const name = openOfBoard("riderName", row.id, row.riderNameEnc);
  return name !== null && sees === "initials" ? initialsOf(name) : name;
}

function pickupOf(row: BoardTripRow, sees: RiderVisibility): BoardEnd {
  const address = () => (sees === "full" ? openOfBoard("pickupAddress", row.id, row.pickupAddressEnc) : null);
  const facilityId = row.pickupFacilityId;
  return { label: row.pickupFacilityName ?? address(), facilityId, ...pointOf(row.pickupLocation, facilityId, sees) };
}

function dropoffOf(row: BoardTripRow, sees: RiderVisibility): BoardEnd | null {
  if (!row.dropoffLocation) return null;
  const address = () => (sees === "full" ? openOfBoard("dropoffAddress", row.id, row.dropoffAddressEnc) : null);
  const facilityId = row.dropoffFacilityId;
  return { label: row.dropoffFacilityName ?? address(), facilityId, ...pointOf(row.dropoffLocation, facilityId, sees) };
}

/** A place that is no facility is where somebody lives. */
const pointOf = ({ lat, lng }: LngLat, facilityId: string | null, sees: RiderVisibility) =>
  facilityId !== null || sees === "full" ? { lat, lon: lng } : { lat: null, lon: null };

function unitOf(row: BoardTripRow, now: Date): BoardTripUnit | null {
  const { assignmentId, shiftId, vehicleId, vehicleNo, callSign, mode, assignmentStatus: status } = row;
  if (!assignmentId || !shiftId || !vehicleId || !vehicleNo || !callSign || !mode || !status) return null;
  const { sentAt, onPhoneAt, seenAt } = row;
  // A later press answers a dispatch as well as an acknowledgement does.
  const acknowledgedAt = row.acknowledgedAt ?? row.enRouteAt ?? row.atPickupAt ?? row.loadedAt ?? row.completedAt;
  const delivery = { sentAt, onPhoneAt, seenAt, acknowledgedAt };
  return {
    assignmentId,
    shiftId,
    vehicleId,
    vehicleNo,
    callSign,
    mode,
    status,
    ...delivery,
    delivery: deliveryStep(delivery),
    alarm: deliveryAlarm(delivery, now),
  };
}

const supportOf = (row: SupportRow & { role: SupportRole }): SupportOnBoard => ({
  assignmentId: row.assignmentId,
  shiftId: row.shiftId,
  callSign: row.callSign,
  role: row.role,
  status: row.status,
  since: row.atPickupAt ?? row.enRouteAt ?? row.acknowledgedAt ?? row.dispatchedAt ?? row.assignedAt,
});

/** The newest time that says how the trip came into its status. */
const sinceOf = (row: BoardTripRow): Date =>
  row.closedAt ??
  row.completedAt ??
  row.atDropoffAt ??
  row.loadedAt ??
  row.atPickupAt ??
  row.enRouteAt ??
  row.acknowledgedAt ??
  row.dispatchedAt ??
  row.assignedAt ??
  row.bookedAt;
