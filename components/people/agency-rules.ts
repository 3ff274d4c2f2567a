import { zodResolver } from "@hookform/resolvers/zod";
import { z } from "zod";
import { TimeZone } from "@/server/domain/people/agency";
import { PersonName } from "@/server/domain/people/user";

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, "a whole number")
    .transform(Number)
    .pipe(z.int().min(min).max(max));

const Form = z.object({
  name: PersonName,
  timeZone: TimeZone,
  distanceUnit: z.enum(["mi", "km"]),
  lockMinutes: wholeNumber(0, 480),
  idleHours: wholeNumber(1, 24),
});
export type AgencyValues = z.input<typeof Form>;
export type AgencyOutput = z.output<typeof Form>;

/** What an agency may be set to. */
export const resolve = zodResolver(Form);
