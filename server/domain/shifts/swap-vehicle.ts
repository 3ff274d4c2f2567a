import { meetsLevel } from "@/server/domain/dispatch/levels";
import type { Reason } from "@/server/domain/reason";
import type { Level } from "@/server/domain/trips/vocabulary";
import type { ShiftToSign } from "./sign-on";

export type TruckToSwapTo = { id: string; inService: boolean; deactivatedAt: Date | null; levels: readonly string[] };
/** A trip that would go along to the other truck. */
export type TripToMove = { tripId: string; number: string; level: Level; riderAboard: boolean };

/**
 * Why a shift can't change to this truck; empty means it can. The call sign stays the shift's: Medic 12 stays Medic 12.
 * Another shift's plan for the truck is the database's to refuse.
 */
export function swapReasons(
  shift: ShiftToSign & { vehicleId: string },
  truck: TruckToSwapTo,
  trips: readonly TripToMove[],
): Reason[] {
  const no = (code: string, message: string, path = "vehicleId"): Reason => ({ path, code, message });
  const reasons: Reason[] = [];
  if (shift.deactivatedAt) reasons.push({ code: "shift_removed", message: "the shift was taken out of the plan" });
  if (shift.signedOffAt) reasons.push({ code: "already_signed_off", message: "the shift was signed off already" });
  if (truck.id === shift.vehicleId) reasons.push(no("same_vehicle", "the shift is on this truck already"));
  if (!truck.inService) reasons.push(no("out_of_service", "the truck is out of service"));
  if (truck.deactivatedAt) reasons.push(no("vehicle_removed", "the truck is no longer in the fleet"));
  for (const trip of trips) {
    if (trip.riderAboard) reasons.push(no("rider_aboard", `trip ${trip.number} has its rider aboard`, "trips"));
    else if (!meetsLevel(truck.levels, trip.level)) {
      reasons.push(no("level_unmet", `trip ${trip.number} needs ${trip.level}`));
    }
  }
  return reasons;
}
