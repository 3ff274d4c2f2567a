import { z } from "zod";

const points = (usual: number) => z.number().min(0).max(1_000_000).default(usual);
const minutes = (usual: number) => z.number().min(0).max(1_440).default(usual);

/**
 * What a plan is judged by, as an agency sets it. Costs are points, about one dollar each; only their proportions matter.
 * What is hard (places, levels, refused drivers, ride limits, breaks, locked stops) has no weight.
 */
export const Weights = z
  .strictObject({
    /** Per kilometre driven, with or without riders. */
    perKm: points(0.6),
    /** Per hour behind the wheel. */
    perDrivingHour: points(30),
    /** Per minute after a promised window, up to `maxLateMinutes`. */
    perLateMinute: points(4),
    /** How late a planned stop may be at the most; 0 = a promise is never planned to be broken. */
    maxLateMinutes: minutes(10),
    /** Per minute after the end of a shift, up to `maxOvertimeMinutes`. */
    perOvertimeMinute: points(1.5),
    /** How much longer than planned a shift may get. */
    maxOvertimeMinutes: minutes(15),
    /** For moving a trip off the unit that has it now. */
    perTripMoved: points(6),
    /** For giving a trip to another crew than one of those the rider prefers. */
    perTripNotPreferred: points(8),
    /** For using a unit that would otherwise have nothing to do. */
    perUnitUsed: points(15),
    /** For each unit that a zone lacks of those it should keep free for emergencies. */
    perReserveUnitMissing: points(250),
    /** Minutes before the end of a promised window that a stop should keep as a buffer. */
    bufferMinutes: minutes(0),
    /** Per minute of that buffer which a plan uses up: the price of risk. */
    perBufferMinuteUsed: points(0.5),
  })
  .meta({ id: "PlanningWeights" });
export type Weights = z.infer<typeof Weights>;

/** The weights of an agency that has set none. */
export const USUAL_WEIGHTS: Weights = Weights.parse({});
