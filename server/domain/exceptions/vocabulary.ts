/** Anything a dispatcher must look at; one open per kind and subject. */
export const EXCEPTION_KINDS = [
  "late",
  "at_risk",
  "unassigned_near_time",
  "not_acknowledged",
  "will_call_waiting",
  "unit_dark",
  "overdue_in_status",
  "geofence_disagreement",
  "no_destination",
  "trip_returned",
  "offload_delay",
  "shift_overrun",
  "outcome_missing",
  "credential_missing",
  "token_shared",
  "late_report",
  "crew_emergency",
] as const;
/** Mildest first, so that an index compares. */
export const EXCEPTION_SEVERITIES = ["info", "warning", "alert", "emergency"] as const;
/** What an exception is about. */
export const EXCEPTION_SUBJECTS = ["trip", "assignment", "shift", "vehicle", "device", "user"] as const;

export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];
export type ExceptionSeverity = (typeof EXCEPTION_SEVERITIES)[number];
export type ExceptionSubject = (typeof EXCEPTION_SUBJECTS)[number];
