import { clockOf, nearMissText, obstacleText } from "@/server/domain/planning/explain-text";
import { openDesk } from "@/server/domain/planning/quote";
import type { PlanningDay } from "@/server/domain/planning/types";
import type { QuoteView } from "@/server/domain/plans/quote";

/** How many units an answer names, of those that could and of those that could not. */
const NAMED = 10;

/**
 * What can be said to a caller: the cheapest units first, or what stands in the way.
 * @param took - milliseconds since the question came
 */
export function answerQuote(day: PlanningDay, tripId: string, took: () => number): QuoteView {
  const { options, rejected, obstacles } = openDesk(day, null).quote(tripId);
  const clock = clockOf(day);
  const moment = (s: number) => new Date(Date.parse(day.originAt) + Math.round(s * 1000));
  return {
    possible: options.length > 0,
    options: options.slice(0, NAMED).map((option) => ({
      shiftId: option.unitId,
      callSign: option.callSign,
      detourS: option.detourS,
      detourM: option.detourM,
      cost: option.costPoints,
      pickupFrom: moment(option.earliestPickupS),
      pickupTo: moment(option.latestPickupS),
      dropoffFrom: moment(option.earliestDropoffS),
    })),
    rejected: rejected.slice(0, NAMED).map((miss) => ({
      shiftId: miss.unitId,
      callSign: miss.callSign,
      reasons: [nearMissText(miss, clock)],
    })),
    reasons: obstacles.map((one) => obstacleText(one, clock)),
    tookMs: took(),
  };
}
