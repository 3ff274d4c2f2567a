import { z } from "zod";
import { Version } from "@/server/domain/version";
import { PersonName } from "./user";

/** Is this a zone the runtime knows? */
function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const TimeZone = z.string().max(64).refine(isTimeZone, "no time zone of this name");
const MINUTE_S = 60;
const HOUR_S = 3600;

export const AgencyPatch = z.strictObject({
  version: Version,
  name: PersonName.optional(),
  timeZone: TimeZone.optional(),
  distanceUnit: z.enum(["mi", "km"]).optional(),
  /** Seconds; 0 never locks by itself. */
  lockAfterS: z
    .int()
    .max(8 * HOUR_S)
    .refine((seconds) => seconds === 0 || seconds >= MINUTE_S, "a minute at least, or 0 for never")
    .optional(),
  /** Seconds. */
  idleTimeoutS: z
    .int()
    .min(5 * MINUTE_S)
    .max(24 * HOUR_S)
    .optional(),
});
export type AgencyPatch = z.output<typeof AgencyPatch>;

export type Agency = {
  id: string;
  name: string;
  timeZone: string;
  distanceUnit: "mi" | "km";
  lockAfterS: number;
  idleTimeoutS: number;
  version: number;
};
