import type { Reason } from "@/server/domain/reason";
import type { ShiftToSign } from "./sign-on";

/** What somebody wants to change about a shift; undefined stays. */
export type ShiftChange = { vehicleId?: string | undefined; startsAt?: Date | undefined; endsAt?: Date | undefined };

/** Why a shift can't be edited like this; empty means it can. What has happened is not planned any more. */
export function editReasons(shift: ShiftToSign & { vehicleId: string }, change: ShiftChange): Reason[] {
  if (shift.signedOffAt) return [{ code: "already_signed_off", message: "the shift is over" }];
  if (!shift.signedOnAt) return [];
  const reasons: Reason[] = [];
  if (change.vehicleId !== undefined && change.vehicleId !== shift.vehicleId) {
    reasons.push({ path: "vehicleId", code: "use_swap", message: "the unit is signed on: swap its vehicle" });
  }
  if (change.startsAt && +change.startsAt !== +shift.startsAt) {
    reasons.push({ path: "startsAt", code: "already_signed_on", message: "the unit is signed on: its start is past" });
  }
  return reasons;
}
