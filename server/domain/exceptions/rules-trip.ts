import { ACK_ALERT_S, ACK_WARN_S, waitingForAckS } from "@/server/domain/dispatch/delivery-ladder";
import {
  type AssignmentStatus,
  isActive,
  isClosed,
  type Priority,
  type Timing,
  type TripKind,
  type TripOutcome,
  type TripStatus,
} from "@/server/domain/trips/vocabulary";
import * as limits from "./thresholds";
import type { ExceptionKind, ExceptionSeverity, ExceptionSubject } from "./vocabulary";

/** What should be open now; `worseAt` is when it gets more severe by itself. */
export type Wanted = {
  kind: ExceptionKind;
  severity: ExceptionSeverity;
  subjectType: ExceptionSubject;
  subjectId: string;
  tripId: string | null;
  shiftId: string | null;
  worseAt: Date | null;
  detail: Record<string, string | number | boolean | null>;
};
/** A trip as the watch sees it. */
export type WatchedTrip = {
  id: string;
  kind: TripKind;
  status: TripStatus;
  outcome: TripOutcome | null;
  priority: Priority;
  timing: Timing;
  requestedAt: Date;
  readyAt: Date | null;
  promisedPickupAt: Date | null;
  promisedDropoffAt: Date | null;
  etaPickupAt: Date | null;
  etaDropoffAt: Date | null;
  hasDropoff: boolean;
  /** The unit that gave it back gave it back at; null once another unit has it. */
  returnedAt: Date | null;
  assignment: {
    id: string;
    shiftId: string;
    status: AssignmentStatus;
    /** When the assignment came into its status. */
    since: Date;
    sentAt: Date | null;
    onPhoneAt: Date | null;
    seenAt: Date | null;
    acknowledgedAt: Date | null;
  } | null;
};

const MINUTE_MS = 60_000;
const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
const minutesSince = (at: Date, now: Date) => (now.getTime() - at.getTime()) / MINUTE_MS;

type Found = Omit<Wanted, "subjectType" | "subjectId" | "tripId" | "shiftId">;
const found = (
  kind: ExceptionKind,
  severity: ExceptionSeverity,
  worseAt: Date | null = null,
  detail: Wanted["detail"] = {},
): Found => ({ kind, severity, worseAt, detail });

/** A warning from one moment on and an alert from another; null before. */
function graded(kind: ExceptionKind, warnAt: Date, alertAt: Date, now: Date, detail: Wanted["detail"] = {}) {
  if (now >= alertAt) return found(kind, "alert", null, detail);
  return now >= warnAt ? found(kind, "warning", alertAt, detail) : null;
}

const beforePickup = (status: TripStatus) =>
  !isClosed(status) && !["at_pickup", "loaded", "at_dropoff"].includes(status);

/** Late against what was promised; a will-call has no promise until the rider is ready. */
function late(trip: WatchedTrip, now: Date): Found | null {
  const promised = dueNow(trip);
  if (promised === null) return null;
  const minutesLate = Math.floor(minutesSince(promised, now));
  const at = minutesAfter(promised, limits.LATE_GRACE_MINUTES);
  return graded("late", at, minutesAfter(promised, limits.LATE_ALERT_MINUTES), now, { minutesLate });
}

/** The promise that counts in this status. */
function dueNow(trip: WatchedTrip): Date | null {
  if (isClosed(trip.status) || (trip.timing === "will_call" && trip.readyAt === null)) return null;
  if (beforePickup(trip.status)) return trip.promisedPickupAt;
  return trip.status === "at_dropoff" ? null : trip.promisedDropoffAt;
}

/** Not late yet, but the estimate says it will be. */
function atRisk(trip: WatchedTrip, now: Date): Found | null {
  if (isClosed(trip.status)) return null;
  const pairs = beforePickup(trip.status)
    ? ([
        [trip.etaPickupAt, trip.promisedPickupAt],
        [trip.etaDropoffAt, trip.promisedDropoffAt],
      ] as const)
    : trip.status === "at_dropoff"
      ? []
      : ([[trip.etaDropoffAt, trip.promisedDropoffAt]] as const);
  const over = pairs.map(([eta, promised]) => (eta && promised ? minutesSince(promised, eta) : 0));
  const minutesOver = Math.floor(Math.max(0, ...over));
  if (minutesOver < limits.LATE_GRACE_MINUTES || late(trip, now)) return null;
  return found("at_risk", minutesOver >= limits.LATE_ALERT_MINUTES ? "alert" : "warning", null, { minutesOver });
}

function unassigned(trip: WatchedTrip, now: Date): Found | null {
  if (trip.status !== "requested" || (trip.timing === "will_call" && trip.readyAt === null)) return null;
  if (trip.timing === "will_call") return null;
  if (trip.timing === "asap") {
    const after = (seconds: number) => minutesAfter(trip.requestedAt, seconds / 60);
    const { warn, alert } = limits.UNASSIGNED_ASAP_S;
    return graded("unassigned_near_time", after(warn), after(alert), now);
  }
  const due = trip.promisedPickupAt ?? trip.requestedAt;
  const { warn, alert } = limits.UNASSIGNED_MINUTES;
  return graded("unassigned_near_time", minutesAfter(due, -warn), minutesAfter(due, -alert), now);
}

function notAcknowledged({ assignment }: WatchedTrip, now: Date): Found | null {
  if (assignment?.status !== "dispatched" || assignment.sentAt === null) return null;
  if (waitingForAckS(assignment, now) === null) return null;
  const after = (seconds: number) => minutesAfter(assignment.sentAt ?? now, seconds / 60);
  return graded("not_acknowledged", after(ACK_WARN_S), after(ACK_ALERT_S), now);
}

function willCallWaiting(trip: WatchedTrip, now: Date): Found | null {
  if (trip.timing !== "will_call" || trip.readyAt === null || isActive(trip.status) || isClosed(trip.status))
    return null;
  const { warn, alert } = limits.WILL_CALL_MINUTES;
  return graded("will_call_waiting", minutesAfter(trip.readyAt, warn), minutesAfter(trip.readyAt, alert), now);
}

function overdueInStatus({ assignment, status }: WatchedTrip, now: Date): Found | null {
  const limit = limits.STATUS_MINUTES[status];
  if (!limit || !assignment) return null;
  const { since } = assignment;
  return graded("overdue_in_status", minutesAfter(since, limit.warn), minutesAfter(since, limit.alert), now, {
    status,
  });
}

function offloadDelay({ assignment, status }: WatchedTrip, now: Date): Found | null {
  if (status !== "at_dropoff" || !assignment) return null;
  const { warn, alert } = limits.OFFLOAD_MINUTES;
  return graded("offload_delay", minutesAfter(assignment.since, warn), minutesAfter(assignment.since, alert), now);
}

const noDestination = (trip: WatchedTrip): Found | null =>
  trip.kind === "transport" && !trip.hasDropoff && trip.status === "at_pickup"
    ? found("no_destination", "warning")
    : null;

const tripReturned = (trip: WatchedTrip): Found | null =>
  trip.returnedAt !== null && trip.assignment === null && !isClosed(trip.status)
    ? found("trip_returned", "alert")
    : null;

const outcomeMissing = (trip: WatchedTrip): Found | null =>
  isClosed(trip.status) && trip.outcome === null ? found("outcome_missing", "warning") : null;

/** Everything about this trip that somebody must look at now. */
export function tripExceptions(trip: WatchedTrip, now: Date): Wanted[] {
  const all = [
    late(trip, now),
    atRisk(trip, now),
    unassigned(trip, now),
    notAcknowledged(trip, now),
    willCallWaiting(trip, now),
    overdueInStatus(trip, now),
    offloadDelay(trip, now),
    noDestination(trip),
    tripReturned(trip),
    outcomeMissing(trip),
  ];
  const shiftId = trip.assignment?.shiftId ?? null;
  return all
    .filter((one) => one !== null)
    .map((one) => ({ ...one, subjectType: "trip", subjectId: trip.id, tripId: trip.id, shiftId }));
}
