/** Traccar's border: a number below it counts seconds, above it milliseconds. */
const LARGEST_SECONDS = 2 ** 31 - 1;
const LARGEST_MS = 8.64e15;

// A "+" that was not percent-encoded in a query arrives as a blank, hence the blank before the offset.
const CALENDAR =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|\s?([+\- ])(\d\d):?(\d\d)?)?$/i;

/**
 * The time a client put on a fix: seconds or milliseconds since 1970 (numbers or their strings), RFC 3339, an offset
 * without a colon, or `yyyy-MM-dd HH:mm:ss`, which is UTC. Absent (also null or blank) means `now`.
 */
export function readTime(value: unknown, now: Date): Date | "bad_time" {
  if (value === undefined || value === null) return now;
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return "bad_time";
  const text = value.trim();
  if (text === "") return now;
  if (text.length === JSON_DATE_LENGTH) {
    const at = fromJsonDate(text);
    if (at) return at;
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? fromEpoch(Number(text)) : fromCalendar(text);
}

const JSON_DATE_LENGTH = "yyyy-MM-ddTHH:mm:ss.SSSZ".length;
/** Where its letters stand, and the places of its numbers. */
const JSON_DATE_MARKS: readonly (readonly [at: number, mark: string])[] = [
  [4, "-"],
  [7, "-"],
  [10, "T"],
  [13, ":"],
  [16, ":"],
  [19, "."],
  [23, "Z"],
];

/**
 * A date as JSON writes it, which most clients send: read digit by digit, because the expression below costs more than all
 * else that is done to a fix. @returns `null` for anything that is not quite that
 */
function fromJsonDate(text: string): Date | null {
  for (const [at, mark] of JSON_DATE_MARKS) if (text[at] !== mark) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second, digits(text, 20, 23)));
  const isWhole = at.getUTCDate() === day && at.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60;
  return isWhole && year >= 1970 ? at : null;
}

/** NaN when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function fromEpoch(count: number): Date | "bad_time" {
  const ms = count < LARGEST_SECONDS ? count * 1000 : count;
  return Number.isFinite(ms) && Math.abs(ms) <= LARGEST_MS ? new Date(Math.round(ms)) : "bad_time";
}

function fromCalendar(text: string): Date | "bad_time" {
  const match = CALENDAR.exec(text);
  if (!match) return "bad_time";
  const [, year, month, day, hour, minute, second = "0", fraction = "0", , sign, offsetHour = "0", offsetMinute = "0"] =
    match;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDay = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
  const isOffset = Number(offsetHour) <= 18 && Number(offsetMinute) < 60;
  if (!isDay || !isTime || !isOffset) return "bad_time";
  const clockMs = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 * (sign === "-" ? -1 : 1);
  return new Date(at.getTime() + clockMs + Math.floor(Number(`0.${fraction}`) * 1000) - offsetMs);
}
