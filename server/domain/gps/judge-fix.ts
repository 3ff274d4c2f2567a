import type { Fix, QuarantineCode, RawFix } from "./fix";

const MAX_AHEAD_MS = 10 * 60_000;
const MAX_AGE_MS = 7 * 86_400_000;
/** Receivers without a lock report 0, 0; ten metres around it no road runs. */
const NULL_ISLAND_DEG = 1e-4;

/** A fix on its own merits: believed, or the one reason why not. Jumps need its neighbours, see `detect-jumps`. */
export function judgeFix(raw: RawFix, receivedAt: Date): { fix: Fix } | { code: QuarantineCode } {
  const { lat, lon, takenAt } = raw;
  if (lat === "missing" || lon === "missing") return { code: "missing_position" };
  if (lat === "not_a_number" || lon === "not_a_number") return { code: "not_a_number" };
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return { code: "out_of_range" };
  if (Math.abs(lat) < NULL_ISLAND_DEG && Math.abs(lon) < NULL_ISLAND_DEG) return { code: "null_island" };
  if (takenAt === "bad_time") return { code: "bad_time" };
  const aheadMs = takenAt.getTime() - receivedAt.getTime();
  if (aheadMs > MAX_AHEAD_MS) return { code: "future" };
  if (-aheadMs > MAX_AGE_MS) return { code: "too_old" };
  const { accuracyM, speedMps, headingDeg, altitudeM, batteryPct, charging } = raw;
  // Field by field: copying an object costs several times as much, and there is one for every fix.
  return {
    fix: { lat, lon, takenAt, receivedAt, accuracyM, speedMps, headingDeg, altitudeM, batteryPct, charging },
  };
}
