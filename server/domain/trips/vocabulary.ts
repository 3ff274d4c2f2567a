/** What a trip is for: a ride, a unit standing by, or a helping hand. */
export const TRIP_KINDS = ["transport", "standby", "assist"] as const;
/** The life of a trip, in order; the last three are other ways to end. */
export const TRIP_STATUSES = [
  "requested",
  "reserved",
  "dispatched",
  "acknowledged",
  "en_route",
  "at_pickup",
  "loaded",
  "at_dropoff",
  "completed",
  "cancelled",
  "no_show",
  "not_transported",
] as const;
/** What a crew presses, in order: each has one clock on the assignment. */
export const CREW_STATUSES = ["acknowledged", "en_route", "at_pickup", "loaded", "at_dropoff", "completed"] as const;
/** A trip in one of these will never move again. */
export const CLOSED_TRIP_STATUSES = ["completed", "cancelled", "no_show", "not_transported"] as const;
/** Told to a unit and not finished: the unit is on this trip. */
export const ACTIVE_TRIP_STATUSES = [
  "dispatched",
  "acknowledged",
  "en_route",
  "at_pickup",
  "loaded",
  "at_dropoff",
] as const;
/** The simple vocabulary of partners and phones. */
export const PUBLIC_STATUSES = [
  "PENDING",
  "EN_ROUTE",
  "ARRIVED",
  "IN_PROGRESS",
  "COMPLETED",
  "CANCELLED",
  "NO_SHOW",
  "NOT_TRANSPORTED",
] as const;
/** How a closed trip ended; every closed trip has one. */
export const TRIP_OUTCOMES = [
  "transported",
  "cancelled_before_dispatch",
  "cancelled_en_route",
  "cancelled_at_door",
  "no_show",
  "refused",
  "treated_no_transport",
  "no_patient",
  "deceased",
  "transferred_to_unit",
  "transferred_to_agency",
  "assist_only",
  "standby_done",
  "returned_to_origin",
] as const;
/** Level of service to dispatch, lightest first. */
export const LEVELS = ["ambulatory", "wheelchair", "stretcher", "bls", "als", "sct"] as const;
/** The kinds of place a vehicle has for riders. */
export const PLACE_KINDS = ["ambulatory", "wheelchair", "stretcher"] as const;
/** Most pressing first. */
export const PRIORITIES = ["emergency", "urgent", "scheduled"] as const;
/** When: now, at an agreed time, or when the rider says so. */
export const TIMINGS = ["asap", "fixed", "will_call"] as const;
/** What a unit does on a trip; one current `transport` assignment per trip. */
export const ASSIGNMENT_ROLES = ["transport", "assist", "first_response", "supervisor"] as const;
/** What a unit does beside the one that carries the rider. */
export const SUPPORT_ROLES = ["assist", "first_response", "supervisor"] as const;
/** How a unit got the trip: held for it, told now, queued behind what it does, or sharing the ride. */
export const ASSIGNMENT_MODES = ["reserve", "dispatch", "stack", "aboard"] as const;
/** An assignment's own life; `ended` = it let go of the trip before completing it. */
export const ASSIGNMENT_STATUSES = [
  "reserved",
  "dispatched",
  "acknowledged",
  "en_route",
  "at_pickup",
  "loaded",
  "at_dropoff",
  "completed",
  "ended",
] as const;
/** Why an assignment ended without completing the trip. */
export const ASSIGNMENT_END_REASONS = [
  "unassigned",
  "recalled",
  "returned",
  "swapped",
  "cancelled",
  "no_show",
  "not_transported",
  /** Of a supporting unit: sent home; the trip was completed without it; it carries the rider itself now. */
  "released",
  "trip_completed",
  "took_over",
] as const;
/** What a unit has on its manifest. */
export const STOP_KINDS = ["pickup", "dropoff", "wait", "post", "base", "break"] as const;
/** Where a change came from. */
export const EVENT_SOURCES = ["console", "crew", "geofence", "api", "system"] as const;
/** What happened to a trip: one immutable row each. */
export const TRIP_EVENT_KINDS = [
  "booked",
  "edited",
  "promised",
  "assigned",
  "unassigned",
  "status",
  "corrected",
  "diverted",
  "swapped",
  "delivery",
  "will_call_ready",
  "outcome",
  "late_report",
  "note",
] as const;
/** Offered by the console; partners may name others. */
export const KNOWN_NEEDS = [
  "oxygen",
  "bariatric",
  "escort",
  "two_crew",
  "stairs",
  "ventilator",
  "isolation",
  "interpreter",
  "service_animal",
  "car_seat",
] as const;

export type TripKind = (typeof TRIP_KINDS)[number];
export type TripStatus = (typeof TRIP_STATUSES)[number];
export type CrewStatus = (typeof CREW_STATUSES)[number];
export type PublicStatus = (typeof PUBLIC_STATUSES)[number];
export type TripOutcome = (typeof TRIP_OUTCOMES)[number];
export type Level = (typeof LEVELS)[number];
export type PlaceKind = (typeof PLACE_KINDS)[number];
export type Priority = (typeof PRIORITIES)[number];
export type Timing = (typeof TIMINGS)[number];
export type AssignmentRole = (typeof ASSIGNMENT_ROLES)[number];
export type SupportRole = (typeof SUPPORT_ROLES)[number];
export type AssignmentMode = (typeof ASSIGNMENT_MODES)[number];
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];
export type AssignmentEndReason = (typeof ASSIGNMENT_END_REASONS)[number];
export type StopKind = (typeof STOP_KINDS)[number];
export type EventSource = (typeof EVENT_SOURCES)[number];
export type TripEventKind = (typeof TRIP_EVENT_KINDS)[number];

/** Our status as the simple vocabulary says it. */
export const PUBLIC_STATUS_OF: Record<TripStatus, PublicStatus> = {
  requested: "PENDING",
  reserved: "PENDING",
  dispatched: "PENDING",
  acknowledged: "PENDING",
  en_route: "EN_ROUTE",
  at_pickup: "ARRIVED",
  loaded: "IN_PROGRESS",
  at_dropoff: "IN_PROGRESS",
  completed: "COMPLETED",
  cancelled: "CANCELLED",
  no_show: "NO_SHOW",
  not_transported: "NOT_TRANSPORTED",
};

/** The place a rider of this level takes unless the booking says otherwise. */
export const PLACE_OF_LEVEL: Record<Level, PlaceKind> = {
  ambulatory: "ambulatory",
  wheelchair: "wheelchair",
  stretcher: "stretcher",
  bls: "stretcher",
  als: "stretcher",
  sct: "stretcher",
};

export const isClosed = (status: TripStatus): boolean => (CLOSED_TRIP_STATUSES as readonly string[]).includes(status);
export const isActive = (status: string): boolean => (ACTIVE_TRIP_STATUSES as readonly string[]).includes(status);

/** Every status of ours that a filter value in either vocabulary stands for. */
export function statusesNamed(name: TripStatus | PublicStatus): TripStatus[] {
  const own = TRIP_STATUSES.find((status) => status === name);
  return own ? [own] : TRIP_STATUSES.filter((status) => PUBLIC_STATUS_OF[status] === name);
}
