import { LEVELS, type Level } from "@/server/domain/trips/vocabulary";

/** Medical levels: a higher one can do the work of a lower one. Chairs and seats are a matter of places, not of skill. */
const MEDICAL: readonly Level[] = ["stretcher", "bls", "als", "sct"];

/** Can a unit with these levels serve a trip of this level? */
export function meetsLevel(levels: readonly string[], wanted: Level): boolean {
  if (levels.includes(wanted)) return true;
  const rank = MEDICAL.indexOf(wanted);
  return rank >= 0 && MEDICAL.slice(rank + 1).some((level) => levels.includes(level));
}

/** The lowest of a unit's levels that serves the trip: what is sent; null when none does. */
export function levelSent(levels: readonly string[], wanted: Level): Level | null {
  if (levels.includes(wanted)) return wanted;
  const rank = MEDICAL.indexOf(wanted);
  if (rank < 0) return null;
  return MEDICAL.slice(rank + 1).find((level) => levels.includes(level)) ?? null;
}

/** How many steps the unit's highest level is above what is wanted: an ALS crew on a wheelchair ride is wasted. */
export function levelsAbove(levels: readonly string[], wanted: Level): number {
  const highest = Math.max(...LEVELS.map((level, rank) => (levels.includes(level) ? rank : -1)));
  return Math.max(0, highest - LEVELS.indexOf(wanted));
}
