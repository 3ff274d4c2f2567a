import { z } from "zod";
import { EmailSchema } from "@/server/domain/people/user";
import { line } from "@/server/domain/text";
import type { Columns } from "./read-table";
import { readClock } from "./shift-times";

/** The most people of a shift's crew. */
const MAX_CREW = 8;

const Clock = z.string().transform((text, ctx) => {
  const clock = readClock(text);
  if (clock !== null) return clock;
  ctx.addIssue({ code: "custom", message: "write a time as 07:00" });
  return z.NEVER;
});

const Crew = z.string().transform((text, ctx) => {
  const emails = [...new Set(text.split(/[\s,;|]+/).filter((part) => part !== ""))].map((part) =>
    EmailSchema.safeParse(part),
  );
  const good = emails.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (good.length === emails.length && good.length <= MAX_CREW) return good;
  const message = good.length > MAX_CREW ? `at most ${MAX_CREW} people` : "write e-mails, with blanks between them";
  ctx.addIssue({ code: "custom", message });
  return z.NEVER;
});

export const SHIFT_COLUMNS: Columns = {
  required: ["vehicle", "day", "from", "to"],
  optional: ["callSign", "crew"],
  ignored: ["status", "on", "off"],
  aliases: { vehicleNo: "vehicle" },
};
/** A shift on one line of a file: times are those of the agency's clock. */
export const ShiftLine = z.object({
  vehicle: line(32),
  callSign: line(24).optional(),
  crew: Crew.optional(),
  day: z.iso.date("write a day as 2027-03-14"),
  from: Clock,
  to: Clock,
});
export type ShiftLine = z.infer<typeof ShiftLine>;
