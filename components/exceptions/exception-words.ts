import { nextUnitOf } from "@/server/domain/exceptions/next-unit";
import type { ExceptionKind, ExceptionSeverity } from "@/server/domain/exceptions/vocabulary";
import type { BoardException, BoardView } from "@/server/domain/trips/board-view";

/** What is wrong, as a dispatcher would say it. */
export const EXCEPTION_WORDS: Record<ExceptionKind, string> = {
  late: "Late",
  at_risk: "At risk of being late",
  unassigned_near_time: "Unassigned near its time",
  not_acknowledged: "Not acknowledged",
  will_call_waiting: "Will call waiting",
  unit_dark: "Unit dark",
  overdue_in_status: "Overdue in status",
  geofence_disagreement: "Status and place disagree",
  no_destination: "No destination",
  trip_returned: "Trip given back",
  offload_delay: "Offload delay",
  shift_overrun: "Shift overrun",
  outcome_missing: "Outcome missing",
  credential_missing: "Credential missing",
  token_shared: "Device token in two apps",
  late_report: "Late report",
  crew_emergency: "Crew emergency",
};

/** Three grades for eyes and ears. */
export const gradeOf = (severity: ExceptionSeverity): "warn" | "alert" | "emergency" =>
  severity === "emergency" || severity === "alert" ? severity : "warn";

/** Whom it is about: "M12 · trip 1043". Never patient data. */
export function subjectOf(exception: BoardException, { units, trips }: Pick<BoardView, "units" | "trips">): string {
  const trip = trips.find(({ id }) => id === exception.tripId || id === exception.subjectId);
  const unit = units.find(
    ({ shiftId, vehicleId }) =>
      shiftId === exception.shiftId || shiftId === exception.subjectId || vehicleId === exception.subjectId,
  );
  const callSign = unit?.callSign ?? trip?.unit?.callSign;
  return [callSign, trip && `trip ${trip.number}`].filter(Boolean).join(" · ") || exception.subjectType;
}

/** Open, or taken in hand. A snooze that is over counts as open again. */
export function stateOf(exception: BoardException, nowMs: number): "open" | "acknowledged" | "snoozed" {
  if (exception.snoozedUntil && exception.snoozedUntil.getTime() > nowMs) return "snoozed";
  return exception.acknowledgedAt ? "acknowledged" : "open";
}

const minutes = (value: unknown): string | null => (typeof value === "number" ? `${value} min` : null);

/** What the numbers behind it say: "12 min late", "silent for 14 min, phone switched off". Null when there are none. */
export function detailOf({ kind, detail }: Pick<BoardException, "kind" | "detail">): string | null {
  const [late, over, silent] = [
    minutes(detail.minutesLate),
    minutes(detail.minutesOver),
    minutes(detail.silentMinutes),
  ];
  if (kind === "late" && late) return `${late} late`;
  if (kind === "at_risk" && over) return `est. ${over} late`;
  if (kind === "shift_overrun" && over) return `${over} past the end`;
  if (kind !== "unit_dark" || !silent) return null;
  return [`silent for ${silent}`, typeof detail.reason === "string" ? detail.reason : null].filter(Boolean).join(", ");
}

/** The unit an exception offers to send instead: "M12", "6 min away". */
export function nextOf({ detail }: Pick<BoardException, "detail">): { callSign: string; way: string | null } | null {
  const next = nextUnitOf(detail);
  if (!next) return null;
  return {
    callSign: next.callSign,
    way: next.etaS === null ? null : `${Math.max(1, Math.round(next.etaS / 60))} min away`,
  };
}
