import { tzOffset } from "@date-fns/tz";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export { instantsAt } from "@/server/domain/shifts/instants";

/** The day a clock in `timeZone` shows, as `yyyy-MM-dd`. */
export const dayIn = (timeZone: string, at: Date): string =>
  new Date(at.getTime() + tzOffset(timeZone, at) * MINUTE_MS).toISOString().slice(0, 10);

/** The day `count` days after `day`. */
export const addDaysTo = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
