import { z } from "zod";
import { USUAL_WEIGHTS, Weights } from "@/server/domain/planning/weights";
import { LONGEST_RIDE_MIN, MOST_ABOARD } from "@/server/domain/riders/riding-rules";
import { LEVELS } from "@/server/domain/trips/vocabulary";
import { LevelSchema } from "@/server/domain/trips/vocabulary-schemas";

const minutes = (usual: number, most = 240) => z.number().min(0).max(most).default(usual);
const ends = z.strictObject({ pickup: minutes(8, 120), dropoff: minutes(10, 120) });
const USUAL_ENDS = { pickup: 8, dropoff: 10 };

/** How an agency's days are planned: the weights, and the rules that trips do not carry themselves. */
export const PlanningSettings = z
  .strictObject({
    weights: Weights.default(USUAL_WEIGHTS),
    /** How long a plan is searched for, in seconds. */
    searchSeconds: z.number().int().min(1).max(600).default(30),
    /** May riders share a vehicle? */
    shareRides: z.boolean().default(true),
    /** Levels whose riders are alone in the vehicle, whatever the agency does otherwise. */
    aloneLevels: z.array(LevelSchema).max(LEVELS.length).default([]),
    /** Most trips aboard at once; null = as many as have a place. */
    mostAboard: z.int().min(1).max(MOST_ABOARD).nullable().default(null),
    /** The longest ride by level, in minutes; a level that is left out has the limit by the way alone. */
    longestRideMinutes: z.partialRecord(LevelSchema, z.number().min(5).max(LONGEST_RIDE_MIN)).default({}),
    /** A pickup may begin this much before and after the time promised, in minutes, where the trip has no window of its own. */
    pickupEarlyMinutes: minutes(10),
    pickupLateMinutes: minutes(15),
    /** A ride may take this many times the straight way, and in any case `rideAtLeastMinutes`. */
    rideFactor: z.number().min(1).max(10).default(2),
    rideAtLeastMinutes: minutes(45),
    /** Longest time on the road of a unit, in minutes; null = its shift. */
    routeMinutes: z.number().min(30).max(1440).nullable().default(null),
    /** How long a unit stands at a stop, in minutes, by the kind of place the rider takes. */
    serviceMinutes: z
      .strictObject({
        ambulatory: ends.default(USUAL_ENDS),
        wheelchair: ends.default(USUAL_ENDS),
        stretcher: ends.default(USUAL_ENDS),
      })
      .default({ ambulatory: USUAL_ENDS, wheelchair: USUAL_ENDS, stretcher: USUAL_ENDS }),
    /** Emergency-capable units to keep free among those that start at a base. */
    reserve: z
      .array(z.strictObject({ baseId: z.uuid(), units: z.int().min(1).max(99) }))
      .max(100)
      .default([]),
  })
  .meta({ id: "PlanningSettings" });
export type PlanningSettings = z.infer<typeof PlanningSettings>;

/** The settings of an agency that has chosen none. */
export const USUAL_SETTINGS: PlanningSettings = PlanningSettings.parse({});

/** 0 while an agency has stored none; else as `Version`. */
const SettingsVersion = z.int().min(0).max(2_147_483_647);

/** As it is shown. */
export const PlanningSettingsView = z.strictObject({ settings: PlanningSettings, version: SettingsVersion });
export type PlanningSettingsView = z.infer<typeof PlanningSettingsView>;

/** The whole of the settings as they shall be, over those of `version`. */
export const EditPlanningSettingsInput = z.strictObject({ settings: PlanningSettings, version: SettingsVersion });
export type EditPlanningSettingsInput = z.infer<typeof EditPlanningSettingsInput>;
