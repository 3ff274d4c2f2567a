/** How old a position is in words: fresh under 2 min, its age is shown up to 10, in doubt up to 60, then dark. */
export type Freshness = "fresh" | "aging" | "stale" | "dark" | "unknown";

export const FRESH_S = 120;
export const STALE_S = 600;
export const DARK_S = 3600;

/** @param ageS - seconds since min(takenAt, receivedAt) of the newest valid fix; null = never heard of */
export function freshnessOf(ageS: number | null): Freshness {
  if (ageS === null) return "unknown";
  if (ageS < FRESH_S) return "fresh";
  if (ageS < STALE_S) return "aging";
  return ageS < DARK_S ? "stale" : "dark";
}

/** Seconds since the fix counted as true: its own time, but never later than its arrival. */
export const ageSeconds = (fix: { takenAt: Date; receivedAt: Date }, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - Math.min(fix.takenAt.getTime(), fix.receivedAt.getTime())) / 1000));
