import { z } from "zod";
import { EmailSchema } from "@/server/domain/people/user";
import { LEAST_BREAK_MIN, LONGEST_BREAK_MIN, MOST_BREAKS, type SaidBreak } from "@/server/domain/shifts/breaks";
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

const BREAK = /^(\S+?)\s*-\s*(\S+?)\s*\/\s*(\d{1,3})\s*(base)?$/i;

function readBreak(text: string): SaidBreak | null {
  const [, from = "", to = "", minutes = "", base] = BREAK.exec(text.trim()) ?? [];
  const [begins, ends] = [readClock(from), readClock(to)];
  const lasts = Number(minutes);
  if (begins?.length !== 5 || ends?.length !== 5 || lasts < LEAST_BREAK_MIN || lasts > LONGEST_BREAK_MIN) return null;
  return { from: begins, to: ends, minutes: lasts, at: base ? "base" : "anywhere" };
}

const Breaks = z.string().transform((text, ctx) => {
  const parts = text.split(";").filter((part) => part.trim() !== "");
  const said = parts.flatMap((part) => readBreak(part) ?? []);
  if (said.length === parts.length && said.length <= MOST_BREAKS) return said;
  ctx.addIssue({ code: "custom", message: "write breaks as 11:00-14:00/30, with ; between them, and base behind" });
  return z.NEVER;
});

export const SHIFT_COLUMNS: Columns = {
  required: ["vehicle", "day", "from", "to"],
  optional: ["callSign", "crew", "breaks"],
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
  breaks: Breaks.optional(),
});
export type ShiftLine = z.infer<typeof ShiftLine>;
