import { addHours, max, min } from "date-fns";
import { agencyDay, dayAt } from "@/server/domain/shifts/agency-day";

/** What was closed so lately stays on the board over midnight: who comes on at night sees what the evening left. */
export const BEHIND_H = 6;
/** The board reaches so far ahead over midnight: a shift of twelve hours sees all it will have to send. */
export const AHEAD_H = 12;

/**
 * The period of the board, half-open: the agency's day, and around midnight what is near on its other side.
 * Open trips from before it stand on the board all the same.
 * @param timeZone - IANA name
 */
export function boardPeriod(now: Date, timeZone: string): { from: Date; to: Date } {
  const day = agencyDay(dayAt(now, timeZone), timeZone);
  return { from: min([day.from, addHours(now, -BEHIND_H)]), to: max([day.to, addHours(now, AHEAD_H)]) };
}
