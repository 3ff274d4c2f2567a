import { tz } from "@date-fns/tz";
import { format } from "date-fns";
import { dayAt } from "@/server/domain/shifts/agency-day";
import { instantsAt } from "@/server/domain/shifts/instants";
import type { Period } from "@/server/domain/shifts/planning";

const CLOCK = /^(\d{1,2}):?(\d{2})(?::00)?\s*([ab]?)$/i;
const DAY_MS = 86_400_000;
const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/**
 * One spelling for a clock time of a file: `700`, `7:00` and `07:00:00` are `07:00`. In the hour that the clock repeats
 * in autumn, `01:30a` is the first and `01:30b` the second.
 * @returns null when it is no time
 */
export function readClock(text: string): string | null {
  const [, hours, minutes, mark = ""] = CLOCK.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, "0")}:${minutes}${mark.toLowerCase()}`;
}

/** The moments a clock shows this on that day: with a mark that one of the repeated hour, none in the skipped one. */
function momentsOf(day: string, clock: string, timeZone: string): Date[] {
  const moments = instantsAt(day, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5)), timeZone);
  const mark = clock.slice(5);
  return mark === "" ? moments : moments.length < 2 ? [] : moments.slice(mark === "a" ? 0 : 1).slice(0, 1);
}

type Times = { day: string; from: string; to: string };
export type ShiftTimes = { ok: true; period: Period } | { ok: false; column: "from" | "to"; message: string };

const noTime = (column: "from" | "to", clock: string): ShiftTimes => ({
  ok: false,
  column,
  message:
    clock.length > 5
      ? "the clock shows this time once on that day: leave out a and b"
      : "the clock skips this time on that day",
});

/**
 * The period of a shift as a file says it. An end that is not later than the start is on the next day; of a repeated
 * time that has no mark it is the first that fits.
 * @param timeZone - IANA name of the agency's zone
 */
export function readShiftTimes({ day, from, to }: Times, timeZone: string): ShiftTimes {
  const [startsAt] = momentsOf(day, from, timeZone);
  if (!startsAt) return noTime("from", from);
  const sameDay = momentsOf(day, to, timeZone);
  const skipped = sameDay.length === 0 && to.slice(0, 5) > from.slice(0, 5);
  const endsAt =
    sameDay.find((at) => at > startsAt) ?? (skipped ? undefined : momentsOf(nextDay(day), to, timeZone)[0]);
  return endsAt ? { ok: true, period: { startsAt, endsAt } } : noTime("to", to);
}

/** The same the other way round: what a file says for a moment, so that it is read as that moment again. */
export function clockOf(at: Date, timeZone: string): { day: string; time: string } {
  const day = dayAt(at, timeZone);
  const clock = format(at, "HH:mm", { in: tz(timeZone) });
  const moments = momentsOf(day, clock, timeZone);
  const mark = moments.length < 2 ? "" : at < (moments[1] ?? at) ? "a" : "b";
  return { day, time: `${clock}${mark}` };
}
