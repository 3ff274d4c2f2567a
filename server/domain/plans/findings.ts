import { z } from "zod";
import { Moment } from "@/server/domain/moment";

/** What a plan says beside its trips: breaks that found no time, units it could not use, how many stay free. */
export const PlanFindings = z.object({
  missedBreaks: z.array(
    z.object({ shiftId: z.uuid(), callSign: z.string(), from: Moment, to: Moment, minutes: z.int() }),
  ),
  /** Units that nothing was planned for, and why. */
  unusable: z.array(z.object({ shiftId: z.uuid().nullable(), callSign: z.string().nullable(), why: z.string() })),
  /** Emergency-capable units of a base that stay free, and how many should. */
  reserve: z.array(z.object({ baseId: z.uuid(), name: z.string(), wanted: z.int(), free: z.int() })),
});
export type PlanFindings = z.infer<typeof PlanFindings>;
export const NO_FINDINGS: PlanFindings = { missedBreaks: [], unusable: [], reserve: [] };

/** As they are stored: moments as RFC 3339. */
export type StoredFindings = Omit<PlanFindings, "missedBreaks"> & {
  missedBreaks: { shiftId: string; callSign: string; from: string; to: string; minutes: number }[];
};

export const findingsOf = (stored: StoredFindings | null): PlanFindings =>
  stored === null
    ? NO_FINDINGS
    : {
        ...stored,
        missedBreaks: stored.missedBreaks.map(({ from, to, ...one }) => ({
          ...one,
          from: new Date(from),
          to: new Date(to),
        })),
      };
