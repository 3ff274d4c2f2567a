import type { Reason } from "@/server/domain/reason";
import type { ExceptionKind } from "./vocabulary";

/** The longest anything may be put aside, in milliseconds. */
export const MAX_SNOOZE_MS = 4 * 3_600_000;

/** Why this exception can't be put aside; empty means it can. An emergency of a crew never can. */
export function snoozeReasons(kind: ExceptionKind, until: Date, reason: string, now: Date): Reason[] {
  const reasons: Reason[] = [];
  if (kind === "crew_emergency") {
    reasons.push({ path: "kind", code: "never_snoozed", message: "a crew emergency is never put aside" });
  }
  if (!reason.trim()) reasons.push({ path: "reason", code: "required", message: "say why" });
  if (until <= now) reasons.push({ path: "until", code: "in_past", message: "in the past" });
  if (until.getTime() - now.getTime() > MAX_SNOOZE_MS) {
    reasons.push({ path: "until", code: "too_far", message: "at most 4 hours" });
  }
  return reasons;
}

/** Is it put aside now? It comes back at its time, or when it has got worse since. */
export const isSnoozed = (one: { snoozedUntil: Date | null }, now: Date): boolean =>
  one.snoozedUntil !== null && one.snoozedUntil > now;
