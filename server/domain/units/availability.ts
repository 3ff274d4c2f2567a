import type { Availability, UnitState } from "@/server/domain/fleet/vocabulary";

export type UnitNow = {
  signedOnAt: Date | null;
  signedOffAt: Date | null;
  state: UnitState;
  /** Trips it was told to do and has not cleared. */
  activeTrips: number;
};

const NOT_TO_BE_SENT: readonly UnitState[] = ["break", "delayed", "out_of_service"];

export const isSignedOn = ({ signedOnAt, signedOffAt }: Pick<UnitNow, "signedOnAt" | "signedOffAt">): boolean =>
  signedOnAt !== null && signedOffAt === null;

/** As other systems name it: OFFLINE (not signed on), ON_TRIP, BUSY (break, delayed, out of service), ONLINE (free). */
export function availabilityOf(unit: UnitNow | null): Availability {
  if (unit === null || !isSignedOn(unit)) return "OFFLINE";
  if (unit.activeTrips > 0) return "ON_TRIP";
  return NOT_TO_BE_SENT.includes(unit.state) ? "BUSY" : "ONLINE";
}
