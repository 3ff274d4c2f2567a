import { z } from "zod";
import { typedNumber } from "@/components/fleet/form-values";
import { formatTime } from "@/components/lib/format";
import { dayIn } from "@/components/lib/zoned-time";
import { shiftPeriod } from "@/server/domain/shifts/agency-day";
import {
  BreakPlaceSchema,
  LEAST_BREAK_MIN,
  LONGEST_BREAK_MIN,
  MOST_BREAKS,
  saidBreak,
} from "@/server/domain/shifts/breaks";
import type { Shift } from "@/server/domain/shifts/shift";
import { line } from "@/server/domain/text";

/** A time of the day as it is typed: `700`, `0700`, `7:00`. @returns `HH:mm`, null when it is none */
export function readClock(text: string): string | null {
  const [, hours, minutes] = /^(\d{1,2}):?(\d{2})$/.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, "0")}:${minutes}`;
}

const Clock = z.string().transform((text, ctx) => {
  const time = readClock(text);
  if (time !== null) return time;
  ctx.addIssue({ code: "custom", message: "A time, as 0700" });
  return z.NEVER;
});

/** The shift form: a day and two wall-clock times; an end that is not later than the start is on the next day. */
export const ShiftForm = z.object({
  vehicleId: z.uuid("Choose a vehicle"),
  callSign: z.union([z.literal(""), line(24)]),
  crew: z.array(z.uuid()).max(8),
  day: z.iso.date("A day"),
  from: Clock,
  to: Clock,
  baseId: z.uuid().nullable(),
  breaks: z
    .array(
      z.object({
        from: Clock,
        to: Clock,
        minutes: typedNumber(z.int().min(LEAST_BREAK_MIN).max(LONGEST_BREAK_MIN), "Minutes, as 30"),
        at: BreakPlaceSchema,
      }),
    )
    .max(MOST_BREAKS),
});
export type ShiftFormIn = z.input<typeof ShiftForm>;
export type ShiftFormOut = z.output<typeof ShiftForm>;

export const shiftValues = (shift: Shift, timeZone: string): ShiftFormIn => ({
  vehicleId: shift.vehicleId,
  callSign: shift.callSign,
  crew: shift.crew,
  day: dayIn(timeZone, new Date(shift.startsAt)),
  from: formatTime(new Date(shift.startsAt), timeZone),
  to: formatTime(new Date(shift.endsAt), timeZone),
  baseId: shift.baseId,
  breaks: shift.breaks.map(({ from, to, minutes, at }) => ({
    from: formatTime(new Date(from), timeZone),
    to: formatTime(new Date(to), timeZone),
    minutes: String(minutes),
    at,
  })),
});

const QUARTER_MIN = 15;
const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const clockAt = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** A break to begin with: half an hour in the middle third of the shift, by night too. */
export function usualBreak(from: string, to: string): ShiftFormIn["breaks"][number] {
  const [start, end] = [minuteOf(readClock(from) ?? "07:00"), minuteOf(readClock(to) ?? "19:00")];
  const length = end > start ? end - start : end - start + 24 * 60;
  const quarter = (minute: number) => Math.round(minute / QUARTER_MIN) * QUARTER_MIN;
  return {
    from: clockAt(quarter(start + length / 3)),
    to: clockAt(quarter(start + (2 * length) / 3)),
    minutes: "30",
    at: "anywhere",
  };
}

/** What the API takes of a filled-in form. An untouched time keeps its seconds and its side of a clock change. */
export function plannedOf(
  { day, from, to, callSign, breaks, ...rest }: ShiftFormOut,
  timeZone: string,
  before: Shift | null,
) {
  const typed = shiftPeriod(day, from, to, timeZone);
  const same = before && shiftValues(before, timeZone);
  const untouched = same && same.day === day && same.from === from && same.to === to;
  const period = untouched
    ? { startsAt: before.startsAt, endsAt: before.endsAt }
    : { startsAt: typed.startsAt.toISOString(), endsAt: typed.endsAt.toISOString() };
  const planned = breaks.map((one) => {
    const { from: begins, to: ends, ...said } = saidBreak(one, new Date(period.startsAt), timeZone);
    return { ...said, from: begins.toISOString(), to: ends.toISOString() };
  });
  return { ...rest, ...period, breaks: planned, ...(callSign !== "" && { callSign }) };
}
