import { z } from "zod";
import { MomentInput } from "@/server/domain/moment";
import { Version } from "@/server/domain/version";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** What a question assumes to be otherwise; a plan with one is never applied. */
export const WhatIfInput = z
  .strictObject({
    extraUnitsLike: z.strictObject({ shiftId: z.uuid(), count: z.int().min(1).max(20) }).optional(),
    widenWindowsMin: z.number().min(0).max(240).optional(),
    moveStart: z.strictObject({ shiftId: z.uuid(), minutes: z.number().min(-720).max(720) }).optional(),
  })
  .refine((asked) => Object.values(asked).some((value) => value !== undefined), {
    message: "say what should be otherwise",
  });
export type WhatIfInput = z.infer<typeof WhatIfInput>;

/**
 * A plan to make: of a day of the agency, of a period, or, with neither, of the rest of today and six hours at least. `seed` gives the same
 * search again.
 */
export const RequestPlanInput = z
  .strictObject({
    date: Day.optional(),
    from: MomentInput.optional(),
    to: MomentInput.optional(),
    seconds: z.number().int().min(1).max(600).optional(),
    seed: z.int().min(1).max(2_147_483_647).optional(),
    whatIf: WhatIfInput.optional(),
  })
  .refine(({ date, from, to }) => date === undefined || (from === undefined && to === undefined), {
    message: "a date, or from and to",
    path: ["date"],
  })
  .meta({ id: "NewPlan" });
export type RequestPlanInput = z.infer<typeof RequestPlanInput>;

const chosen = {
  /** Units whose changes are accepted; left out with `tripIds` left out: all. */
  shiftIds: z.array(z.uuid()).max(500).optional(),
  /** Trips whose changes are accepted. */
  tripIds: z.array(z.uuid()).max(2000).optional(),
  /** Leaves out what was changed meanwhile instead of refusing all. */
  skipStale: z.boolean().default(false),
  version: Version.optional(),
};
export const ApplyPlanBody = z.strictObject(chosen).meta({ id: "ApplyPlan" });
export const ApplyPlanInput = z.strictObject({ ...chosen, planId: z.uuid() });
export type ApplyPlanInput = z.infer<typeof ApplyPlanInput>;

export const DecidePlanBody = z.strictObject({ version: Version.optional() }).meta({ id: "DecidePlan" });
export const DecidePlanInput = z.strictObject({ planId: z.uuid(), version: Version.optional() });
export type DecidePlanInput = z.infer<typeof DecidePlanInput>;
