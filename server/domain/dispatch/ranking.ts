import type { Level } from "@/server/domain/trips/vocabulary";
import { FRESH_S } from "@/server/domain/units/freshness";
import type { Blocker } from "./assignment-blockers";
import { levelsAbove } from "./levels";

export type Candidate = {
  shiftId: string;
  vehicleId: string;
  callSign: string;
  levels: readonly string[];
  blockers: readonly Blocker[];
  /** Seconds until it is at the pickup; null = unknown or unreachable. */
  etaS: number | null;
  distanceM: number | null;
  engine: string | null;
  positionAgeS: number | null;
  /** Seconds since it cleared its last trip or signed on. */
  idleS: number | null;
  /** Trips it did in this shift. */
  tripsDone: number;
  /** Somebody of its crew is among those whom the rider prefers. */
  preferred: boolean;
  /** Seconds between the estimated end of this trip and the end of the shift; negative = overrun; null = unknown. */
  marginS: number | null;
};
export type RankingReason = { code: string; message: string; points: number };
export type Ranked = Candidate & { score: number; reasons: RankingReason[] };

const minutes = (seconds: number) => Math.round(seconds / 60);

/** Two points a minute, at most 70: nearest by time, not by distance, decides nearly always. */
function etaReason({ etaS, engine }: Candidate): RankingReason {
  if (etaS === null) return { code: "position_unknown", message: "time to the pickup unknown", points: -70 };
  const points = -Math.min(70, Math.round((etaS / 60) * 2));
  return { code: "eta", message: `${minutes(etaS)} min away (${engine ?? "unknown"})`, points };
}

function levelReason({ levels }: Candidate, wanted: Level): RankingReason {
  const above = levelsAbove(levels, wanted);
  if (above === 0) return { code: "level_fit", message: `right level (${wanted})`, points: 5 };
  return { code: "level_above", message: `kept for higher levels than ${wanted}`, points: -Math.min(12, 3 * above) };
}

function fairnessReasons({ idleS, tripsDone }: Candidate): RankingReason[] {
  const reasons: RankingReason[] = [];
  if (idleS !== null && idleS >= 600) {
    reasons.push({
      code: "idle",
      message: `free for ${minutes(idleS)} min`,
      points: Math.min(5, Math.floor(idleS / 1200)),
    });
  }
  if (tripsDone > 0) {
    reasons.push({ code: "trips_done", message: `${tripsDone} trips in this shift`, points: -Math.min(5, tripsDone) });
  }
  return reasons;
}

function marginReasons({ marginS }: Candidate): RankingReason[] {
  if (marginS === null || marginS >= 1800) return [];
  if (marginS >= 0)
    return [{ code: "shift_end_near", message: `${minutes(marginS)} min before shift end`, points: -5 }];
  return [{ code: "shift_overrun", message: `${minutes(-marginS)} min past shift end`, points: -20 }];
}

function positionReasons({ positionAgeS }: Candidate): RankingReason[] {
  if (positionAgeS === null || positionAgeS < FRESH_S) return [];
  return [{ code: "position_old", message: `position ${minutes(positionAgeS)} min old`, points: -8 }];
}

const preferenceReasons = ({ preferred }: Candidate): RankingReason[] =>
  preferred ? [{ code: "preferred_crew", message: "a crew that the rider prefers", points: 10 }] : [];

/** 100 less what speaks against it, with every point explained. */
export function scored(candidate: Candidate, wanted: Level): Ranked {
  const reasons = [
    etaReason(candidate),
    levelReason(candidate, wanted),
    ...preferenceReasons(candidate),
    ...fairnessReasons(candidate),
    ...marginReasons(candidate),
    ...positionReasons(candidate),
  ];
  const score = Math.max(0, Math.min(100, 95 + reasons.reduce((sum, reason) => sum + reason.points, 0)));
  return { ...candidate, score, reasons };
}

/** Units that may go, best first (then nearest, then by call sign); and those that may not, with every blocker. */
export function rank(candidates: readonly Candidate[], wanted: Level): { items: Ranked[]; rejected: Candidate[] } {
  const items = candidates
    .filter((candidate) => candidate.blockers.length === 0)
    .map((candidate) => scored(candidate, wanted))
    .toSorted(
      (a, b) =>
        b.score - a.score || (a.etaS ?? Infinity) - (b.etaS ?? Infinity) || a.callSign.localeCompare(b.callSign),
    );
  const rejected = candidates
    .filter((candidate) => candidate.blockers.length > 0)
    .toSorted((a, b) => (a.etaS ?? Infinity) - (b.etaS ?? Infinity) || a.callSign.localeCompare(b.callSign));
  return { items, rejected };
}
