import "server-only";
import type { RequestPlanInput } from "@/server/domain/plans/inputs";
import type { PlanKind } from "@/server/domain/plans/vocabulary";
import { agencyDay, dayAt } from "@/server/domain/shifts/agency-day";
import { AppError, ruleBroken } from "@/server/errors";
import type { Period } from "./read-day";

/** The longest period that is planned at once, in milliseconds: a day and the night after it. */
const MAX_MS = 36 * 3_600_000;
/** What is planned without an end reaches so far at least: late in the evening the night is planned, not what is left of the day. */
const LEAST_MS = 6 * 3_600_000;
const MAX_AHEAD_MS = 60 * 24 * 3_600_000;

export type AskedPeriod = Period & { kind: PlanKind; serviceDate: string };

/**
 * The period that a request means: a day, a period, or the rest of today and six hours at least; never what is
 * over already.
 * @throws AppError invalid for what is no day, rule_broken when it is over, too long or too far away
 */
export function askedPeriod(input: RequestPlanInput, now: Date, timeZone: string): AskedPeriod {
  const { from, to } = bounds(input, now, timeZone);
  if (to <= now || to <= from) throw ruleBroken(input.date ? "date" : "to", "in_past", "there is nothing left to plan");
  if (to.getTime() - from.getTime() > MAX_MS) throw ruleBroken("to", "too_long", "36 hours at the most");
  if (from.getTime() - now.getTime() > MAX_AHEAD_MS) throw ruleBroken("from", "too_far", "60 days ahead at the most");
  const start = from > now ? from : now;
  const serviceDate = dayAt(start, timeZone);
  const kind = input.whatIf ? "what_if" : from > now ? "day_ahead" : "mid_day";
  return { from: start, to, kind, serviceDate };
}

function bounds({ date, from, to }: RequestPlanInput, now: Date, timeZone: string): Period {
  const day = dayOf(date ?? dayAt(from ?? now, timeZone), timeZone);
  if (date) return day;
  const start = from ?? now;
  return { from: start, to: to ?? new Date(Math.max(day.to.getTime(), start.getTime() + LEAST_MS)) };
}

function dayOf(date: string, timeZone: string): Period {
  try {
    return agencyDay(date, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError("invalid", "not a day", [{ path: "date", code: "invalid", message: "not a day" }]);
  }
}
