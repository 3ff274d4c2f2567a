import type { UnitState } from "@/server/domain/fleet/vocabulary";
import type { Reason } from "@/server/domain/reason";
import { isSignedOn, type UnitNow } from "./availability";

export type StateChange = {
  state: UnitState;
  reason: string | null;
  until: Date | null;
  interruptible: boolean | null;
};

/** States that somebody must explain. */
const NEEDS_REASON: readonly UnitState[] = ["delayed", "out_of_service"];

/** A break may be interrupted unless it is said otherwise; delayed and out of service may not. */
export const interruptibleByDefault = (state: UnitState): boolean => state !== "delayed" && state !== "out_of_service";

/** Why a unit may not go into this state now; empty means it may. */
export function stateReasons(unit: UnitNow, change: StateChange, now: Date): Reason[] {
  const reasons: Reason[] = [];
  if (!isSignedOn(unit)) reasons.push({ path: "state", code: "off_shift", message: "the unit is not signed on" });
  if (NEEDS_REASON.includes(change.state) && !change.reason?.trim()) {
    reasons.push({ path: "reason", code: "required", message: "say why" });
  }
  if (change.state === "break" && unit.activeTrips > 0) {
    reasons.push({ path: "state", code: "busy", message: "the unit is on a trip" });
  }
  if (change.until !== null && change.until <= now) {
    reasons.push({ path: "until", code: "in_past", message: "expected until is in the past" });
  }
  return reasons;
}
