/** Fixes of a person count for the shift from so long before its sign-on until so long after its sign-off. */
export const GRACE_MS = 15 * 60_000;

/** A period in which a shift was signed on; open-ended until the sign-off. */
export type Duty = { shiftId: string; vehicleId: string; signedOnAt: Date; signedOffAt: Date | null };

/**
 * The shift that was signed on at a moment. One that really was goes before one within the grace; among those the
 * latest sign-on wins.
 * @param graceMs - how far outside the period still counts
 */
export function dutyAt(duties: readonly Duty[], at: Date, graceMs = 0): Duty | null {
  const covering = (grace: number) =>
    duties
      .filter(({ signedOnAt, signedOffAt }) => isWithin(at, signedOnAt, signedOffAt, grace))
      .sort((a, b) => b.signedOnAt.getTime() - a.signedOnAt.getTime())[0];
  return covering(0) ?? (graceMs > 0 ? covering(graceMs) : undefined) ?? null;
}

const isWithin = (at: Date, from: Date, to: Date | null, graceMs: number) =>
  at.getTime() >= from.getTime() - graceMs && (to === null || at.getTime() < to.getTime() + graceMs);
