/** Seconds for which the previous token is accepted once more: its answer may have been lost on the way. */
export const GRACE_S = 60;

export type RefreshTokenState = {
  usedAt: Date | null;
  reusedAt: Date | null;
  expiresAt: Date;
  /** Was the token that came after it used already? */
  isSuccessorUsed: boolean;
};

/**
 * What a refresh token is worth: `fresh` is exchanged, `again` gives the same successor once more, `expired` is refused,
 * and `stolen` ends the family, because somebody kept a copy.
 */
export function judgeRefreshToken(token: RefreshTokenState, now: Date): "fresh" | "again" | "expired" | "stolen" {
  if (token.usedAt === null) return now >= token.expiresAt ? "expired" : "fresh";
  const isInGrace = now.getTime() - token.usedAt.getTime() <= GRACE_S * 1000;
  return isInGrace && token.reusedAt === null && !token.isSuccessorUsed ? "again" : "stolen";
}
