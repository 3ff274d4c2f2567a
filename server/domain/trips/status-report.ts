import type { Reason } from "@/server/domain/reason";
import {
  CLOCK_OF,
  type ClockName,
  type Clocks,
  clockAfter,
  clockBefore,
  orderOf,
  reachedStatus,
  statusesOfKind,
} from "./clocks";
import { type CrewStatus, PUBLIC_STATUS_OF, type PublicStatus, type TripKind, type TripStatus } from "./vocabulary";

/** How far ahead of our clock a phone's may be, in milliseconds. */
export const MAX_AHEAD_MS = 2 * 60_000;

export type Reportable = CrewStatus | "no_show" | "not_transported";
export type StatusState = {
  kind: TripKind;
  /** The trip's status, a projection of its current transport assignment. */
  status: TripStatus;
  clocks: Clocks;
  hasDropoff: boolean;
};
export type StatusReport = { status: TripStatus | PublicStatus; at: Date | null };
export type StatusDecision =
  | { kind: "same" }
  | { kind: "advance"; to: CrewStatus; at: Date; clock: ClockName; skipped: CrewStatus[] }
  | { kind: "fill"; to: CrewStatus; at: Date; clock: ClockName }
  | { kind: "close"; to: "no_show" | "not_transported"; at: Date }
  | { kind: "refused"; reasons: Reason[] };

const OWN_OF_PUBLIC: Record<PublicStatus, TripStatus> = {
  PENDING: "dispatched",
  EN_ROUTE: "en_route",
  ARRIVED: "at_pickup",
  IN_PROGRESS: "loaded",
  COMPLETED: "completed",
  CANCELLED: "cancelled",
  NO_SHOW: "no_show",
  NOT_TRANSPORTED: "not_transported",
};
const isPublic = (name: string): name is PublicStatus => Object.hasOwn(OWN_OF_PUBLIC, name);

/** The status of ours that a report in either vocabulary means. */
export const ownStatus = (name: TripStatus | PublicStatus): TripStatus => (isPublic(name) ? OWN_OF_PUBLIC[name] : name);

/** Does the report say what is already so? In the simple vocabulary several of our statuses are one. */
export const saysTheSame = (current: TripStatus, asked: TripStatus | PublicStatus): boolean =>
  isPublic(asked) ? PUBLIC_STATUS_OF[current] === asked : current === asked;

/** What may be reported next, in order. */
export function allowedNext({ kind, status }: Pick<StatusState, "kind" | "status">): Reportable[] {
  const here = orderOf(status);
  if (here < 0 || status === "completed") return [];
  const ahead = statusesOfKind(kind).filter((s): s is CrewStatus => s !== "dispatched" && orderOf(s) > here);
  return status === "at_pickup" ? [...ahead, "no_show", "not_transported"] : ahead;
}

const notAllowed = (state: StatusState): Reason[] => {
  const allowed = allowedNext(state);
  if (allowed.length === 0) {
    return [
      { path: "status", code: "not_allowed", message: `nothing may be reported for a trip that is ${state.status}` },
    ];
  }
  return allowed.map((code) => ({ path: "status", code, message: `allowed after ${state.status}` }));
};

/** Why `at` can't be the time of a report; `previous` is the newest clock before it. */
export function timeReasons(at: Date, previous: Date | null, now: Date): Reason[] {
  if (at.getTime() > now.getTime() + MAX_AHEAD_MS) {
    return [{ path: "at", code: "in_future", message: "more than 2 minutes ahead" }];
  }
  if (previous !== null && at < previous) {
    return [{ path: "at", code: "before_previous", message: "before the clock before it" }];
  }
  return [];
}

const later = (a: Date, b: Date | null) => (b !== null && b > a ? b : a);

/**
 * What a status report does: forward only; the same again changes nothing; a skipped clock stays empty.
 * A report with its own time for a clock that was skipped fills it when it fits between its neighbours.
 * @param report - `at` null means now
 */
export function decideStatus(state: StatusState, report: StatusReport, now: Date): StatusDecision {
  if (saysTheSame(state.status, report.status)) return { kind: "same" };
  const to = ownStatus(report.status);
  if (report.at !== null && fills(state, to)) return fillClock(state, to, report.at, now);
  const allowed = allowedNext(state).find((status) => status === to);
  if (!allowed) return { kind: "refused", reasons: notAllowed(state) };
  const last = reachedStatus(state.clocks);
  const previous = last === null ? null : state.clocks[CLOCK_OF[last]];
  const at = report.at ?? later(now, previous);
  const reasons = [...timeReasons(at, previous, now), ...destinationReasons(state, to)];
  if (reasons.length > 0) return { kind: "refused", reasons };
  if (allowed === "no_show" || allowed === "not_transported") return { kind: "close", to: allowed, at };
  const skipped = statusesOfKind(state.kind).filter(
    (s): s is CrewStatus => s !== "dispatched" && orderOf(s) > orderOf(state.status) && orderOf(s) < orderOf(allowed),
  );
  return { kind: "advance", to: allowed, at, clock: CLOCK_OF[allowed], skipped };
}

const destinationReasons = (state: StatusState, to: TripStatus): Reason[] =>
  state.kind === "transport" && !state.hasDropoff && orderOf(to) >= orderOf("loaded")
    ? [{ path: "dropoff", code: "no_destination", message: "a drop-off is needed before the rider is loaded" }]
    : [];

function fills(state: StatusState, to: TripStatus): to is CrewStatus {
  const order = orderOf(to);
  if (order <= 0 || order >= orderOf(state.status)) return false;
  return state.clocks[CLOCK_OF[to as CrewStatus]] === null && statusesOfKind(state.kind).includes(to as CrewStatus);
}

function fillClock(state: StatusState, to: CrewStatus, at: Date, now: Date): StatusDecision {
  const next = clockAfter(state.clocks, to);
  const reasons = timeReasons(at, clockBefore(state.clocks, to), now);
  if (next !== null && at > next)
    reasons.push({ path: "at", code: "after_next", message: "after the clock behind it" });
  return reasons.length > 0
    ? { kind: "refused", reasons: [...reasons, ...notAllowed(state)] }
    : { kind: "fill", to, at, clock: CLOCK_OF[to] };
}
