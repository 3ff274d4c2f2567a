import type { Level } from "@/server/domain/trips/vocabulary";

/** Levels of service as dispatchers write them. */
export const LEVEL_NAMES: Record<Level, string> = {
  ambulatory: "Ambulatory",
  wheelchair: "Wheelchair",
  stretcher: "Stretcher",
  bls: "BLS",
  als: "ALS",
  sct: "SCT",
};
export const levelName = (level: string): string => LEVEL_NAMES[level as Level] ?? level;
