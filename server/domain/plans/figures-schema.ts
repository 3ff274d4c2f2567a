import { z } from "zod";

const amount = z.number().min(0);

/** What a plan comes to, for one unit or in total: seconds, metres, counts; `cost` in the agency's own weights. */
export const PlanFigures = z.strictObject({
  trips: z.int().min(0),
  distanceM: amount,
  /** Driven with nobody aboard. */
  deadheadM: amount,
  /** Behind the windows promised, summed over the trips. */
  lateS: amount,
  rideS: amount,
  /** Beyond the planned end of the shift. */
  overtimeS: amount,
  cost: z.number(),
});
export type PlanFigures = z.infer<typeof PlanFigures>;
