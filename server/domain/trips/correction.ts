import type { Reason } from "@/server/domain/reason";
import {
  CLOCK_OF,
  CLOCKED_STATUSES,
  type ClockedStatus,
  type ClockName,
  type Clocks,
  clockAfter,
  clockBefore,
  reachedStatus,
} from "./clocks";
import { ownStatus, timeReasons } from "./status-report";
import type { PublicStatus, TripStatus } from "./vocabulary";

/** How long a crew may take back its own press, in milliseconds. */
export const CREW_CORRECTION_MS = 2 * 60_000;

/** A press that may be taken back: one clock, or the closing of the trip. */
export type CorrectableStatus = ClockedStatus | "no_show" | "not_transported";
export type CorrectionState = { status: TripStatus; clocks: Clocks };
export type Correction = {
  event: CorrectableStatus;
  /** The right time; null takes the press back. */
  at: Date | null;
  reason: string | null;
};
export type Corrector = { role: "crew" | "dispatcher"; pressedByCaller: boolean; recordedAt: Date };
export type CorrectionDecision =
  | { kind: "retime"; clock: ClockName; at: Date; was: Date }
  | { kind: "retract"; clock: ClockName; was: Date; back: ClockedStatus }
  | { kind: "reopen"; back: ClockedStatus }
  | { kind: "refused"; reasons: Reason[] };

export type Applied = Exclude<CorrectionDecision, { kind: "refused" }>;

const CLOCK_NAMES = Object.entries(CLOCK_OF) as [ClockedStatus, ClockName][];

/** The press that a name means: a status in either vocabulary or the name of its clock; null when there is none. */
export function correctable(name: string): CorrectableStatus | null {
  const byClock = CLOCK_NAMES.find(([, clock]) => clock === name)?.[0];
  if (byClock) return byClock;
  const own = ownStatus(name as TripStatus | PublicStatus);
  if (own === "no_show" || own === "not_transported") return own;
  return CLOCKED_STATUSES.find((status) => status === own) ?? null;
}

/** May this person correct at all? A crew its own press within 2 minutes, a dispatcher with a reason. */
export function correctorReasons({ role, pressedByCaller, recordedAt }: Corrector, reason: string | null, now: Date) {
  const reasons: Reason[] = [];
  if (role === "dispatcher" && !reason?.trim()) {
    reasons.push({ path: "reason", code: "required", message: "say why" });
  }
  if (role === "crew" && !pressedByCaller) {
    reasons.push({ path: "event", code: "not_own", message: "somebody else's press: ask the dispatcher" });
  }
  if (role === "crew" && now.getTime() - recordedAt.getTime() > CREW_CORRECTION_MS) {
    reasons.push({ path: "event", code: "too_late", message: "more than 2 minutes ago: ask the dispatcher" });
  }
  return reasons;
}

const no = (path: string, code: string, message: string): CorrectionDecision => ({
  kind: "refused",
  reasons: [{ path, code, message }],
});

/** What a correction does to the clocks. The old value stays in the events. */
export function decideCorrection(state: CorrectionState, { event, at }: Correction, now: Date): CorrectionDecision {
  const { status, clocks } = state;
  const reached = reachedStatus(clocks);
  if (event === "no_show" || event === "not_transported") {
    if (status !== event) return no("event", "not_recorded", `the trip is not ${event}`);
    if (at !== null) return no("at", "not_a_clock", "take it back and report it again");
    return reached === null ? no("event", "not_recorded", "nothing to go back to") : { kind: "reopen", back: reached };
  }
  const was = clocks[CLOCK_OF[event]];
  if (was === null) return no("event", "not_recorded", `${event} has no clock`);
  if (at === null) return retract(state, event, was);
  const next = clockAfter(clocks, event);
  const reasons = timeReasons(at, clockBefore(clocks, event), now);
  if (next !== null && at > next)
    reasons.push({ path: "at", code: "after_next", message: "after the clock behind it" });
  return reasons.length > 0 ? { kind: "refused", reasons } : { kind: "retime", clock: CLOCK_OF[event], at, was };
}

function retract({ status, clocks }: CorrectionState, event: ClockedStatus, was: Date): CorrectionDecision {
  if (event === "dispatched") return no("event", "not_correctable", "recall the unit instead");
  if (status === "cancelled" || status === "no_show" || status === "not_transported") {
    return no("event", "trip_not_open", `the trip is ${status}`);
  }
  const without = { ...clocks, [CLOCK_OF[event]]: null };
  const back = reachedStatus(without);
  if (back === null) return no("event", "not_correctable", "nothing to go back to");
  return { kind: "retract", clock: CLOCK_OF[event], was, back };
}

/** The clocks after a correction. */
export function correctedClocks(clocks: Clocks, decision: Applied): Clocks {
  if (decision.kind === "reopen") return clocks;
  return { ...clocks, [decision.clock]: decision.kind === "retime" ? decision.at : null };
}

/** When the unit was back in service, once a clock has its right time: with its last press or after it, never before. */
export function clearedAfter(clearedAt: Date | null, { clock, at, was }: Extract<Applied, { kind: "retime" }>) {
  if (clearedAt === null) return null;
  const clearedAtOnce = clock === "completedAt" && clearedAt.getTime() === was.getTime();
  return clearedAtOnce || clearedAt < at ? at : clearedAt;
}
