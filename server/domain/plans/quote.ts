import { z } from "zod";
import { Moment } from "@/server/domain/moment";
import { BookTripInput } from "@/server/domain/trips/inputs";

/** A trip that somebody asks about: what a booking says of times, places and needs; of the rider only who it is, for the rules. */
export const QuoteInput = BookTripInput.pick({
  level: true,
  priority: true,
  timing: true,
  pickup: true,
  dropoff: true,
  appointmentAt: true,
  needs: true,
  passengers: true,
  riderId: true,
}).meta({ id: "QuoteRequest" });
export type QuoteInput = z.infer<typeof QuoteInput>;

const Refused = z.object({ shiftId: z.uuid(), callSign: z.string(), reasons: z.array(z.string()) });

/** Can the trip be taken: the units that could, cheapest first; the others with what stands in their way. */
export const QuoteView = z
  .object({
    possible: z.boolean(),
    options: z.array(
      z.object({
        shiftId: z.uuid(),
        callSign: z.string(),
        detourS: z.number(),
        detourM: z.number(),
        cost: z.number(),
        /** When the pickup could begin without breaking another promise. */
        pickupFrom: Moment,
        pickupTo: Moment,
        dropoffFrom: Moment,
      }),
    ),
    rejected: z.array(Refused),
    /** What concerns every unit. */
    reasons: z.array(z.string()),
    /** How long the answer took, in milliseconds. */
    tookMs: z.number(),
  })
  .meta({ id: "Quote" });
export type QuoteView = z.infer<typeof QuoteView>;
