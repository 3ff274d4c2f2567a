import type { DeliveryStep } from "@/server/domain/dispatch/delivery-ladder";
import type { ClockName } from "@/server/domain/trips/clocks";
import type {
  AssignmentMode,
  AssignmentRole,
  EventSource,
  Level,
  Priority,
  StopKind,
  Timing,
  TripEventKind,
} from "@/server/domain/trips/vocabulary";

/** `two_crew` as people write it: "Two crew". */
export const inWords = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");

/** Level of service in a narrow column. */
export const LEVEL_SHORT: Record<Level, string> = {
  ambulatory: "AMB",
  wheelchair: "WC",
  stretcher: "STR",
  bls: "BLS",
  als: "ALS",
  sct: "SCT",
};
export const STOP_WORDS: Record<StopKind, string> = {
  pickup: "Pickup",
  dropoff: "Drop-off",
  wait: "Wait",
  post: "Post",
  base: "Base",
  break: "Break",
};
/** The order of levels, so that a column sorts by weight. */
export const PRIORITY_WORDS: Record<Priority, string> = {
  emergency: "Emergency",
  urgent: "Urgent",
  scheduled: "Scheduled",
};
export const TIMING_WORDS: Record<Timing, string> = { asap: "Now", fixed: "At a time", will_call: "Will call" };
export const MODE_WORDS: Record<AssignmentMode, string> = {
  dispatch: "Dispatch",
  reserve: "Reserve",
  stack: "Queue behind",
  aboard: "Share the ride",
};
/** What a unit is on a trip for, after its call sign: "M12 assist". */
export const ROLE_WORDS: Record<AssignmentRole, string> = {
  transport: "carries the rider",
  assist: "assist",
  first_response: "first response",
  supervisor: "supervisor",
};
/** What was done, after it was: "M12 told". */
export const MODE_DONE: Record<AssignmentMode, string> = {
  dispatch: "told",
  reserve: "reserved",
  stack: "queued",
  aboard: "told",
};
export const DELIVERY_WORDS: Record<DeliveryStep, string> = {
  not_sent: "Not sent",
  sent: "Sent",
  on_phone: "On the phone",
  seen: "Seen",
  acknowledged: "Acknowledged",
};
export const CLOCK_WORDS: Record<ClockName | "bookedAt" | "requestedAt" | "clearedAt", string> = {
  bookedAt: "Booked",
  requestedAt: "Wanted at",
  dispatchedAt: "Dispatched",
  acknowledgedAt: "Acknowledged",
  enRouteAt: "En route",
  atPickupAt: "At pickup",
  loadedAt: "Loaded",
  atDropoffAt: "At drop-off",
  completedAt: "Handed over",
  clearedAt: "In service again",
};
export const EVENT_WORDS: Record<TripEventKind, string> = {
  booked: "Booked",
  edited: "Edited",
  promised: "Promise moved",
  assigned: "Unit assigned",
  unassigned: "Unit taken off",
  status: "Status",
  corrected: "Corrected",
  diverted: "Diverted",
  swapped: "Unit swapped",
  delivery: "Delivery",
  will_call_ready: "Rider ready",
  outcome: "Outcome set",
  late_report: "Late report",
  note: "Note",
};
export const SOURCE_WORDS: Record<EventSource, string> = {
  console: "console",
  crew: "crew phone",
  geofence: "geofence",
  api: "API",
  system: "by itself",
};
