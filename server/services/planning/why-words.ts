import { clockOf, explanationText, nearMissText } from "@/server/domain/planning/explain-text";
import type { Explanation } from "@/server/domain/planning/types";

/** Why a trip is left out, in sentences: what stops it and what comes closest, then the next best ways. */
export function wordsOf(why: Explanation, { timeZone, originAt }: { timeZone: string; originAt: Date }): string[] {
  const clock = clockOf({ originAt: originAt.toISOString(), timeZone });
  const others = why.closest.slice(1).map((miss) => `Else ${nearMissText(miss, clock)}.`);
  return [explanationText(why, clock), ...others];
}
