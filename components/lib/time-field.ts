import { addDaysTo, dayIn, instantsAt } from "./zoned-time";

export type TimeFieldContext = {
  now: Date;
  timeZone: string;
  /** `yyyy-MM-dd`: the day the time is on. Without it, the nearest such time to now is meant. */
  day?: string;
};
export type TimeFieldResult =
  /** `repeated` when the clock shows this time twice that day: `at` is the one taken, `other` the other. */
  { ok: true; at: Date; repeated?: { which: "first" | "second"; other: Date } } | { ok: false; message: string };

const WALL = /^(\d{1,2}):?(\d{2})([ab]?)$/i;
const RELATIVE = /^([+-])(\d{1,4})$/;
const unreadable = { ok: false, message: "Type a time as 1432, or -5, or +30 minutes" } as const;

function nearest(instants: Date[], now: Date): Date | undefined {
  const distance = (at: Date) => Math.abs(at.getTime() - now.getTime());
  return instants.toSorted((a, b) => distance(a) - distance(b))[0];
}

function wallTime(minuteOfDay: number, pick: string, { now, timeZone, day }: TimeFieldContext): TimeFieldResult {
  const today = dayIn(timeZone, now);
  const days = day ? [day] : [addDaysTo(today, -1), today, addDaysTo(today, 1)];
  const perDay = days.map((one) => instantsAt(one, minuteOfDay, timeZone));
  if (!day && perDay[1]?.length === 0) return { ok: false, message: "The clock skips this time today" };
  const at = nearest(perDay.flat(), now);
  if (!at) return { ok: false, message: "The clock skips this time on that day" };
  const twins = perDay.find((instants) => instants.includes(at)) ?? [];
  const [first, second] = twins;
  if (!first || !second) return { ok: true, at };
  const second_ = pick === "b" || (pick === "" && at === second && !day);
  return second_
    ? { ok: true, at: second, repeated: { which: "second", other: first } }
    : { ok: true, at: first, repeated: { which: "first", other: second } };
}

/**
 * Reads what a dispatcher types into a time field: `1432` or `14:32`, `-5` and `+30` minutes from now, nothing for now.
 * In the hour that is repeated when clocks go back, `0130a` is the first and `0130b` the second.
 * @returns an instant on a whole minute for clock times, or what to type instead
 */
export function parseTimeField(text: string, context: TimeFieldContext): TimeFieldResult {
  const typed = text.trim();
  if (typed === "" || typed.toLowerCase() === "now") return { ok: true, at: context.now };
  const relative = RELATIVE.exec(typed);
  if (relative) {
    const minutes = Number(relative[2]) * (relative[1] === "-" ? -1 : 1);
    return { ok: true, at: new Date(context.now.getTime() + minutes * 60_000) };
  }
  const wall = WALL.exec(typed);
  if (!wall) return unreadable;
  const [hour, minute] = [Number(wall[1]), Number(wall[2])];
  if (hour > 23 || minute > 59) return { ok: false, message: "Hours go to 23 and minutes to 59" };
  return wallTime(hour * 60 + minute, (wall[3] ?? "").toLowerCase(), context);
}
