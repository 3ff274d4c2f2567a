import type { Wanted } from "./rules-trip";
import { EXCEPTION_SEVERITIES, type ExceptionKind, type ExceptionSeverity } from "./vocabulary";

/** Kinds that follow from states and times; the others are raised and closed by what happens. */
export const WATCHED_KINDS: readonly ExceptionKind[] = [
  "late",
  "at_risk",
  "unassigned_near_time",
  "not_acknowledged",
  "will_call_waiting",
  "unit_dark",
  "overdue_in_status",
  "no_destination",
  "trip_returned",
  "offload_delay",
  "shift_overrun",
  "outcome_missing",
];

export type OpenException = {
  id: string;
  kind: ExceptionKind;
  subjectId: string;
  severity: ExceptionSeverity;
  snoozedUntil: Date | null;
};
export type Reconciled<O extends OpenException> = {
  opens: Wanted[];
  closes: O[];
  /** Got worse: a snooze ends, and it counts as new. */
  worsens: { open: O; to: Wanted }[];
  eases: { open: O; to: Wanted }[];
};

export const severityRank = (severity: ExceptionSeverity): number => EXCEPTION_SEVERITIES.indexOf(severity);
const keyOf = ({ kind, subjectId }: Pick<OpenException, "kind" | "subjectId">) => `${kind} ${subjectId}`;

/** The changes that make what is open equal to what should be open. Raised kinds are left alone. */
export function reconcile<O extends OpenException>(open: readonly O[], wanted: readonly Wanted[]): Reconciled<O> {
  const wantedBy = new Map(wanted.map((one) => [keyOf(one), one]));
  const watched = open.filter((one) => WATCHED_KINDS.includes(one.kind));
  const openKeys = new Set(open.map(keyOf));
  const pairs = watched.flatMap((one) => {
    const to = wantedBy.get(keyOf(one));
    return to ? [{ open: one, to }] : [];
  });
  const step = (pair: (typeof pairs)[number]) => severityRank(pair.to.severity) - severityRank(pair.open.severity);
  return {
    opens: [...wantedBy.values()].filter((one) => !openKeys.has(keyOf(one))),
    closes: watched.filter((one) => !wantedBy.has(keyOf(one))),
    worsens: pairs.filter((pair) => step(pair) > 0),
    eases: pairs.filter((pair) => step(pair) < 0),
  };
}
