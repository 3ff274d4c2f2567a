import { z } from "zod";
import type { Reason } from "@/server/domain/reason";
import { clockAfter } from "./agency-day";

/** Where a crew has its break: at its base, or wherever it is then. */
export const BREAK_PLACES = ["anywhere", "base"] as const;
export type BreakPlace = (typeof BREAK_PLACES)[number];
export const BreakPlaceSchema = z.enum(BREAK_PLACES);

export const LEAST_BREAK_MIN = 5;
export const LONGEST_BREAK_MIN = 240;
export const MOST_BREAKS = 6;
const Minutes = z.int().min(LEAST_BREAK_MIN).max(LONGEST_BREAK_MIN);
const At = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** A break to plan: so many minutes, begun and ended between `from` and `to`. */
export const NewBreak = z
  .strictObject({ from: At, to: At, minutes: Minutes, at: BreakPlaceSchema.default("anywhere") })
  .meta({ id: "NewBreak" });
export type NewBreak = z.infer<typeof NewBreak>;
export const NewBreaks = z.array(NewBreak).max(MOST_BREAKS);

/** A break of a shift as it is stored and shown. */
export const ShiftBreak = z
  .object({
    id: z.uuid(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    minutes: z.int(),
    at: BreakPlaceSchema,
    /** When the crew began it, and was back. */
    takenAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ShiftBreak" });
export type ShiftBreak = z.infer<typeof ShiftBreak>;

/** Why breaks can't be planned in a shift; empty means they can. */
export function breakReasons(breaks: readonly NewBreak[], shift: { startsAt: Date; endsAt: Date }): Reason[] {
  return breaks.flatMap(({ from, to, minutes }, i) => {
    const path = `breaks.${i}`;
    if (from < shift.startsAt || to > shift.endsAt)
      return [{ path, code: "outside_shift", message: "the break is outside the shift" }];
    if (to.getTime() - from.getTime() < minutes * 60_000)
      return [{ path, code: "too_short", message: "the break is longer than its window" }];
    return [];
  });
}

/** The breaks of a shift as they shall be: those that stay keep their ids and what is known of them. */
export function mergeBreaks(
  before: readonly ShiftBreak[],
  wanted: readonly NewBreak[],
  newId: () => string,
): ShiftBreak[] {
  const keyOf = (from: Date, to: Date, minutes: number, at: string) => `${+from} ${+to} ${minutes} ${at}`;
  const known = new Map(before.map((one) => [keyOf(new Date(one.from), new Date(one.to), one.minutes, one.at), one]));
  return wanted
    .toSorted((a, b) => +a.from - +b.from)
    .map(({ from, to, minutes, at }) => {
      const same = known.get(keyOf(from, to, minutes, at));
      known.delete(keyOf(from, to, minutes, at));
      const fresh = { id: newId(), minutes, at, takenAt: null, endedAt: null };
      return same ?? { ...fresh, from: from.toISOString(), to: to.toISOString() };
    });
}

/** How far from its window a break still counts as this one, in milliseconds. */
const NEAR_MS = 60 * 60_000;

/** The breaks when the crew begins one, or is back from one. */
export function breaksAfter(
  breaks: readonly ShiftBreak[],
  change: "begun" | "ended",
  now: Date,
): { breaks: ShiftBreak[]; breakId: string | null } {
  const meant = change === "begun" ? toBegin(breaks, now) : breaks.find((one) => one.takenAt && !one.endedAt);
  if (!meant) return { breaks: [...breaks], breakId: null };
  const at = now.toISOString();
  const set = change === "begun" ? { takenAt: at } : { endedAt: at };
  return { breaks: breaks.map((one) => (one === meant ? { ...one, ...set } : one)), breakId: meant.id };
}

function toBegin(breaks: readonly ShiftBreak[], now: Date): ShiftBreak | undefined {
  const awayMs = ({ from, to }: ShiftBreak) => Math.max(0, Date.parse(from) - +now, +now - Date.parse(to));
  return breaks
    .filter((one) => one.takenAt === null && awayMs(one) <= NEAR_MS)
    .toSorted((a, b) => awayMs(a) - awayMs(b))[0];
}

/** A break as people say it: times of the agency's clock, within the shift that begins at `startsAt`. */
export type SaidBreak = { from: string; to: string; minutes: number; at: BreakPlace };

/** The moments of a break that is said by the clock: each is the first after the one before. */
export function saidBreak({ from, to, ...rest }: SaidBreak, startsAt: Date, timeZone: string): NewBreak {
  const begins = clockAfter(startsAt, from, timeZone);
  return { ...rest, from: begins, to: clockAfter(begins, to, timeZone) };
}
