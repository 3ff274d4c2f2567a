import { distanceM, type LngLat } from "@/server/domain/geo/lng-lat";

/** A way between two points as an engine sees it. */
export type Travel = { durationS: number; distanceM: number; engine: string };
/** Travel from `from` to `to` when leaving at `at`; null = can't be reached. */
export type TravelTime = (from: LngLat, to: LngLat, at: Date) => Travel | null;

/** Roads are about a third longer than the straight line. @see Boscoe et al., The Professional Geographer 64 (2012): 1.417 in the USA */
export const DETOUR = 1.417;

/** Average speed by hour of the agency's day, km/h: slow in the two rush hours, fast at night. */
const SPEED_KMH = [
  52, 54, 54, 54, 52, 48, 42, 34, 32, 36, 40, 40, 38, 38, 38, 36, 32, 30, 34, 40, 44, 46, 48, 50,
] as const;

/** Parking, doors, the first corner: nobody is there in no time. */
const START_S = 20;

/**
 * The always-there estimate: straight line x detour x speed by hour.
 * @param hourOf - hour of the day (0-23) in the agency's time zone
 */
export const baselineTravel =
  (hourOf: (at: Date) => number): TravelTime =>
  (from, to, at) => {
    const roadM = distanceM(from, to) * DETOUR;
    const speedMps = (SPEED_KMH[hourOf(at) % 24] ?? 36) / 3.6;
    return {
      durationS: Math.round((roadM < 30 ? 0 : START_S) + roadM / speedMps),
      distanceM: Math.round(roadM),
      engine: "baseline",
    };
  };
