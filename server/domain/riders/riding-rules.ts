import { z } from "zod";

/** Two riders go with one unit, or are never aboard at once. */
export const PAIR_RULES = ["together", "apart"] as const;
export type PairRule = (typeof PAIR_RULES)[number];
export const PairRuleSchema = z.enum(PAIR_RULES);

/** Most riders that a rule may allow aboard at once, and the longest ride it may allow. */
export const MOST_ABOARD = 20;
export const LONGEST_RIDE_MIN = 480;

/** People, each once. */
export const CrewList = z
  .array(z.uuid())
  .max(50)
  .refine((ids) => new Set(ids).size === ids.length, "somebody is named twice");

/** How somebody rides: with whom at the wheel, with how many others, how long. */
export const RidingRuleFields = {
  preferredCrew: CrewList.optional(),
  refusedCrew: CrewList.optional(),
  /** Riders aboard at once, this one counted: 1 = rides alone; null = as the agency has it. */
  mostAboard: z.int().min(1).max(MOST_ABOARD).nullish(),
  /** Null = as the agency has it. */
  maxRideMinutes: z.int().min(5).max(LONGEST_RIDE_MIN).nullish(),
};

/** What holds for one trip: the rules of its rider, and whom the places at its ends refuse. */
export type RidingRules = {
  riderId: string | null;
  preferredCrew: readonly string[];
  refusedCrew: readonly string[];
  mostAboard: number | null;
  maxRideMinutes: number | null;
};
export const NO_RULES: RidingRules = {
  riderId: null,
  preferredCrew: [],
  refusedCrew: [],
  mostAboard: null,
  maxRideMinutes: null,
};

/** Rules of a rider and of the places at both ends, as they hold for one trip. What is missing has no say. */
export const rulesOfTrip = (
  rider: (Omit<RidingRules, "riderId"> & { id: string }) | null,
  places: readonly { refusedCrew: readonly string[] }[],
): RidingRules => {
  const { id: riderId, ...own } = rider ?? { ...NO_RULES, id: null };
  const refusedCrew = [...new Set([...own.refusedCrew, ...places.flatMap((place) => place.refusedCrew)])];
  return {
    riderId,
    preferredCrew: own.preferredCrew.filter((id) => !refusedCrew.includes(id)),
    refusedCrew,
    mostAboard: own.mostAboard,
    maxRideMinutes: own.maxRideMinutes,
  };
};
