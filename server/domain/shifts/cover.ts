/** A shift as far as time is concerned. */
export type ShiftTimes = { startsAt: Date; endsAt: Date; signedOnAt: Date | null; signedOffAt: Date | null };

export const isOn = ({ signedOnAt, signedOffAt }: ShiftTimes): boolean => signedOnAt !== null && signedOffAt === null;

/** Is the shift planned (or still running over) at this moment? The end is not part of it. */
export function coversAt(shift: ShiftTimes, at: Date): boolean {
  if (shift.signedOffAt !== null && at >= shift.signedOffAt) return false;
  const from = shift.signedOnAt !== null && shift.signedOnAt < shift.startsAt ? shift.signedOnAt : shift.startsAt;
  return at >= from && at < shift.endsAt;
}

/**
 * The shift that "this vehicle" means for a pickup: the one that covers it; for a pickup now also the one that is signed
 * on, although its planned end has passed.
 */
export function shiftCovering<S extends ShiftTimes>(shifts: readonly S[], pickupAt: Date, now: Date): S | null {
  const covering = shifts.filter((shift) => coversAt(shift, pickupAt));
  const on = covering.find(isOn) ?? covering[0];
  if (on) return on;
  return pickupAt <= now ? (shifts.find(isOn) ?? null) : null;
}
