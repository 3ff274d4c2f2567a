import { tzOffset } from "@date-fns/tz";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Every instant at which a clock in `timeZone` shows this day and minute: none in the hour that is skipped, two in the one that is repeated.
 * @param day - `yyyy-MM-dd`
 * @param minuteOfDay - 0 to 1439
 * @returns ascending
 */
export function instantsAt(day: string, minuteOfDay: number, timeZone: string): Date[] {
  const wallMs = Date.parse(`${day}T00:00:00Z`) + minuteOfDay * MINUTE_MS;
  const offsets = new Set([wallMs - DAY_MS, wallMs + DAY_MS].map((ms) => tzOffset(timeZone, new Date(ms))));
  return [...offsets]
    .map((offsetMin) => ({ offsetMin, at: new Date(wallMs - offsetMin * MINUTE_MS) }))
    .filter(({ offsetMin, at }) => tzOffset(timeZone, at) === offsetMin)
    .map(({ at }) => at)
    .sort((a, b) => a.getTime() - b.getTime());
}
