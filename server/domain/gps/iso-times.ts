const MINUTE_MS = 60_000;
const padded = (count: number, digits: number) =>
  Array.from({ length: count }, (_, value) => String(value).padStart(digits, "0"));
const SECONDS = padded(60, 2);
const MILLISECONDS = padded(1_000, 3);

/**
 * Writes times as `Date.prototype.toISOString` does. Of times that come in order, as those of a track do, the minute is
 * written once: a day of fixes takes a third of the time.
 * @throws RangeError for a date that is none
 */
export function isoTimes(): (at: Date) => string {
  let minute = Number.NaN;
  let upToMinute = "";
  return (at) => {
    const ms = at.getTime();
    if (Math.floor(ms / MINUTE_MS) !== minute) {
      minute = Math.floor(ms / MINUTE_MS);
      upToMinute = new Date(minute * MINUTE_MS).toISOString().slice(0, -"00.000Z".length);
    }
    const rest = ms - minute * MINUTE_MS;
    const second = Math.floor(rest / 1_000);
    return `${upToMinute}${SECONDS[second]}.${MILLISECONDS[rest - second * 1_000]}Z`;
  };
}
