import type { DeliveryAlarm, DeliveryStep } from "@/server/domain/dispatch/delivery-ladder";
import type { ExceptionKind, ExceptionSeverity, ExceptionSubject } from "@/server/domain/exceptions/vocabulary";
import type { Availability, Places, UnitState, VehicleType } from "@/server/domain/fleet/vocabulary";
import type { SupportOnBoard } from "./support";
import type {
  AssignmentMode,
  AssignmentStatus,
  Level,
  Priority,
  PublicStatus,
  StopKind,
  Timing,
  TripKind,
  TripOutcome,
  TripStatus,
} from "./vocabulary";

/** One end of a trip in a row of the board; `label` is the facility's name or the address, null when it may not be seen. */
export type BoardEnd = {
  label: string | null;
  facilityId: string | null;
  /** Null where it is no facility and the caller may not see the rider. */
  lat: number | null;
  lon: number | null;
};
/** The unit that has the trip. */
export type BoardTripUnit = {
  assignmentId: string;
  shiftId: string;
  vehicleId: string;
  vehicleNo: string;
  callSign: string;
  mode: AssignmentMode;
  status: AssignmentStatus;
  delivery: DeliveryStep;
  alarm: DeliveryAlarm;
  sentAt: Date | null;
  onPhoneAt: Date | null;
  seenAt: Date | null;
  acknowledgedAt: Date | null;
};
export type BoardException = {
  id: string;
  kind: ExceptionKind;
  severity: ExceptionSeverity;
  subjectType: ExceptionSubject;
  subjectId: string;
  tripId: string | null;
  shiftId: string | null;
  detail: Record<string, string | number | boolean | null>;
  openedAt: Date;
  worsenedAt: Date | null;
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
  /** Why it is put aside; null while it is not, and on a locked console. */
  snoozeReason: string | null;
  version: number;
};
export type BoardTrip = {
  id: string;
  number: string;
  version: number;
  kind: TripKind;
  status: TripStatus;
  publicStatus: PublicStatus;
  outcome: TripOutcome | null;
  priority: Priority;
  lightsAndSiren: boolean;
  level: Level;
  timing: Timing;
  riderName: string | null;
  unknownRider: boolean;
  from: BoardEnd;
  to: BoardEnd | null;
  /** What the board sorts by: the pickup agreed, else the call. */
  requestedAt: Date;
  pickupAt: Date | null;
  readyAt: Date | null;
  appointmentAt: Date | null;
  promisedPickupAt: Date | null;
  promisedDropoffAt: Date | null;
  etaPickupAt: Date | null;
  etaDropoffAt: Date | null;
  /** Seconds past the promise that counts now, by the estimate or the clock; negative = early; null = nothing promised. */
  latenessS: number | null;
  needs: string[];
  passengers: Places;
  unit: BoardTripUnit | null;
  /** Units that are there beside it now. */
  supports: SupportOnBoard[];
  /** Since when it is in this status. */
  statusSince: Date;
  missed: string[];
  /** Kinds open on this trip, worst first; the rows are in `exceptions`. */
  exceptions: ExceptionKind[];
};
export type UnitPosition = {
  takenAt: Date;
  receivedAt: Date;
  lat: number;
  lon: number;
  accuracyM: number | null;
  speedMps: number | null;
  headingDeg: number | null;
  batteryPct: number | null;
  charging: boolean | null;
  ageS: number;
  source: "device" | "crew";
};
/** A shift of today as the dispatcher speaks of it. */
export type BoardUnit = {
  shiftId: string;
  vehicleId: string;
  vehicleNo: string;
  callSign: string;
  type: VehicleType;
  levels: string[];
  places: Places;
  configurations: Places[];
  inService: boolean;
  crew: { userId: string; name: string }[];
  startsAt: Date;
  endsAt: Date;
  signedOnAt: Date | null;
  signedOffAt: Date | null;
  state: UnitState;
  stateReason: string | null;
  stateSince: Date | null;
  stateUntil: Date | null;
  interruptible: boolean;
  availability: Availability;
  position: UnitPosition | null;
  activeTripIds: string[];
  /** Where it goes next. */
  nextStop: { kind: StopKind; tripId: string | null; etaAt: Date | null; plannedAt: Date | null } | null;
  manifestVersion: number;
  version: number;
};
export type BoardView = {
  now: Date;
  timeZone: string;
  trips: BoardTrip[];
  units: BoardUnit[];
  exceptions: BoardException[];
};
export type CandidatesView = {
  items: {
    shiftId: string;
    vehicleId: string;
    callSign: string;
    score: number;
    etaS: number | null;
    distanceM: number | null;
    engine: string | null;
    positionAgeS: number | null;
    /** Estimated arrival at the pickup and at the drop-off. */
    etaPickupAt: Date | null;
    etaDropoffAt: Date | null;
    reasons: { code: string; message: string; points: number }[];
  }[];
  rejected: {
    shiftId: string;
    vehicleId: string;
    callSign: string;
    etaS: number | null;
    distanceM: number | null;
    engine: string | null;
    blockers: { code: string; message: string; overridable: boolean }[];
  }[];
};
/** One line of a trip's history. */
export type TripEventView = {
  id: string;
  kind: string;
  status: string | null;
  happenedAt: Date;
  recordedAt: Date;
  actor: { id: string; name: string | null } | null;
  source: string;
  reason: string | null;
  replaces: string | null;
  shiftId: string | null;
  callSign: string | null;
  data: Record<string, unknown>;
};
/** A stop that a unit has still to make; `load` is who is aboard when it leaves. */
export type ManifestStopView = {
  id: string;
  kind: StopKind;
  tripId: string | null;
  tripNumber: string | null;
  facilityId: string | null;
  lat: number | null;
  lon: number | null;
  plannedAt: Date | null;
  etaAt: Date | null;
  arrivedAt: Date | null;
  locked: boolean;
  assignmentStatus: AssignmentStatus | null;
  load: Places | undefined;
};
export type ManifestView = { shiftId: string; callSign: string; manifestVersion: number; stops: ManifestStopView[] };
