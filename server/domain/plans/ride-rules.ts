import type { RidingRules } from "@/server/domain/riders/riding-rules";
import type { Level, Priority } from "@/server/domain/trips/vocabulary";
import type { PlanningSettings } from "./settings";
import { maxRideOf } from "./trip-windows";

type Ride = { priority: Priority; level: Level; needs: readonly string[]; directS: number | null };

/** A limit in minutes that is below the straight way allows that way and a fifth more, or nobody could be driven. */
const LEAST_TIMES_DIRECT = 1.2;

/** May others be aboard with this one? By the rules of the agency, the level, the rider and what the rider needs. */
export const mayShare = (ride: Ride, rules: RidingRules, settings: PlanningSettings): boolean =>
  settings.shareRides &&
  ride.priority === "scheduled" &&
  !ride.needs.includes("isolation") &&
  !settings.aloneLevels.includes(ride.level) &&
  rules.mostAboard !== 1;

/**
 * The longest that a ride may take, in seconds: for scheduled rides by the way; by the level and by the rider where one of
 * them has a limit. @returns null when there is none
 */
export function rideLimitOf(ride: Ride, rules: RidingRules, settings: PlanningSettings): number | null {
  const minutes = [settings.longestRideMinutes[ride.level], rules.maxRideMinutes].flatMap((limit) => limit ?? []);
  const byRule = minutes.map((limit) => Math.max(limit * 60, LEAST_TIMES_DIRECT * (ride.directS ?? 0)));
  const byWay = ride.priority === "scheduled" ? [maxRideOf(ride.directS, settings)] : [];
  const limits = [...byRule, ...byWay];
  return limits.length === 0 ? null : Math.min(...limits);
}
