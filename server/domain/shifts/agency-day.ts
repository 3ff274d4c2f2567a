import { tz } from "@date-fns/tz";
import { addDays, format, isValid, parse, startOfDay } from "date-fns";
import { instantsAt } from "./instants";

/** A calendar day as people say it, `yyyy-MM-dd`. */
export type Day = string;

/** The day it is in a time zone. @param timeZone - IANA name */
export const dayAt = (at: Date, timeZone: string): Day => format(at, "yyyy-MM-dd", { in: tz(timeZone) });

/**
 * The moments a calendar day holds, half-open. 23 or 25 hours long when the clocks change.
 * @throws RangeError when the day is no date
 */
export function agencyDay(day: Day, timeZone: string): { from: Date; to: Date } {
  const start = parse(day, "yyyy-MM-dd", new Date(0), { in: tz(timeZone) });
  if (!isValid(start)) throw new RangeError(`not a day: ${day}`);
  const zone = { in: tz(timeZone) };
  return { from: new Date(+startOfDay(start, zone)), to: new Date(+startOfDay(addDays(start, 1, zone), zone)) };
}

/**
 * The moment a wall clock of the agency shows this time on this day. A time that the spring change skips is read an hour
 * later; one that the autumn change repeats is its first.
 * @param time - `HH:mm`
 */
export function atLocalTime(day: Day, time: string, timeZone: string): Date {
  const at = parse(`${day} ${time}`, "yyyy-MM-dd HH:mm", new Date(0), { in: tz(timeZone) });
  if (!isValid(at)) throw new RangeError(`not a time: ${day} ${time}`);
  return new Date(+at);
}

/** A shift as it is typed: a day, from, to; an end that is not later than its start is on the next day. */
export function shiftPeriod(day: Day, from: string, to: string, timeZone: string): { startsAt: Date; endsAt: Date } {
  const endDay = to > from ? day : format(addDays(parse(day, "yyyy-MM-dd", new Date(0)), 1), "yyyy-MM-dd");
  return { startsAt: atLocalTime(day, from, timeZone), endsAt: atLocalTime(endDay, to, timeZone) };
}

const DAY_MS = 86_400_000;

/** The first moment from `at` on at which the agency's clock shows this (`HH:mm`). */
export function clockAfter(at: Date, clock: string, timeZone: string): Date {
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
  const day = dayAt(at, timeZone);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const found = [day, next].flatMap((one) => instantsAt(one, minute, timeZone)).find((moment) => moment >= at);
  return found ?? atLocalTime(next, clock, timeZone);
}
