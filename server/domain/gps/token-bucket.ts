const PER_SECOND = 1;
const BURST = 30;

/** How many requests a device may send at once, and when that was so. */
export type Bucket = { tokens: number; at: number };

/**
 * Takes one request out of a device's bucket: one a second sustained, thirty at once.
 * @param now - milliseconds
 * @returns the bucket after it, and the seconds to wait when it was empty
 */
export function takeOne(bucket: Bucket | undefined, now: number): { bucket: Bucket; retryAfterS: number | null } {
  const elapsedS = bucket ? Math.max(0, now - bucket.at) / 1000 : 0;
  const tokens = bucket ? Math.min(BURST, bucket.tokens + elapsedS * PER_SECOND) : BURST;
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, retryAfterS: null };
  return { bucket: { tokens, at: now }, retryAfterS: Math.ceil((1 - tokens) / PER_SECOND) };
}
