import type { Reason } from "@/server/domain/reason";
import type { ShiftTimes } from "./cover";

/** How long before its planned start a shift may be signed on: the walk around the truck takes time. */
export const EARLY_SIGN_ON_MS = 60 * 60_000;

export type ShiftToSign = ShiftTimes & { deactivatedAt: Date | null };
export type TruckToSign = { inService: boolean; deactivatedAt: Date | null };

/**
 * Why a shift can't be signed on now; empty means it can.
 * @param earlyMs - how long before the planned start it is allowed, in milliseconds
 */
export function signOnReasons(shift: ShiftToSign, truck: TruckToSign, now: Date, earlyMs = EARLY_SIGN_ON_MS): Reason[] {
  const reasons: Reason[] = [];
  if (shift.deactivatedAt) reasons.push({ code: "shift_removed", message: "the shift was taken out of the plan" });
  if (shift.signedOffAt) reasons.push({ code: "already_signed_off", message: "the shift was signed off already" });
  else if (shift.signedOnAt) reasons.push({ code: "already_signed_on", message: "the shift is signed on already" });
  if (now.getTime() < shift.startsAt.getTime() - earlyMs) {
    reasons.push({ path: "startsAt", code: "too_early", message: "sign-on opens shortly before the planned start" });
  }
  if (!shift.signedOnAt && now >= shift.endsAt) {
    reasons.push({ path: "endsAt", code: "shift_over", message: "the planned end has passed" });
  }
  if (!truck.inService) {
    reasons.push({ path: "vehicleId", code: "out_of_service", message: "the truck is out of service: swap it first" });
  }
  if (truck.deactivatedAt) {
    reasons.push({ path: "vehicleId", code: "vehicle_removed", message: "the truck is no longer in the fleet" });
  }
  return reasons;
}

/** A trip the unit still has: told to do, or held for it. */
export type OpenTrip = { tripId: string; number: string; active: boolean };

/** Why a shift can't be signed off now; empty means it can. Trips go back to the board first, one by one, by a person. */
export function signOffReasons(shift: ShiftToSign, openTrips: readonly OpenTrip[]): Reason[] {
  const reasons: Reason[] = [];
  if (shift.signedOffAt) reasons.push({ code: "already_signed_off", message: "the shift was signed off already" });
  else if (!shift.signedOnAt) reasons.push({ code: "not_signed_on", message: "the shift is not signed on" });
  for (const { number, active } of openTrips) {
    reasons.push(
      active
        ? { path: "trips", code: "trip_open", message: `trip ${number} is not finished` }
        : { path: "trips", code: "trip_reserved", message: `trip ${number} is still held for this unit` },
    );
  }
  return reasons;
}
