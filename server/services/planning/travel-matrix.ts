import "server-only";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type { PlanningTravel, TravelBand } from "@/server/domain/planning/types";
import type { RoutingEngine } from "@/server/integrations/routing/engine";

const HOUR_MS = 3_600_000;
/** Cells of all matrices together that a plan may take; a search keeps several times their 8 bytes of each. */
const MAX_CELLS = 4_000_000;
const MAX_BANDS = 12;

/** When the travel times of a period are asked for: the hours, or fewer moments for many places. */
export function bandStarts(from: Date, to: Date, places: number): Date[] {
  const hours = Math.max(1, Math.ceil((to.getTime() - from.getTime()) / HOUR_MS));
  const affordable = Math.floor(MAX_CELLS / Math.max(1, places * places));
  const count = Math.max(1, Math.min(hours, MAX_BANDS, affordable));
  const stepMs = (to.getTime() - from.getTime()) / count;
  return Array.from({ length: count }, (_, i) => new Date(from.getTime() + i * stepMs));
}

const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function bandAt(engine: RoutingEngine, points: readonly LngLat[], at: Date, fromS: number): Promise<TravelBand> {
  const size = points.length;
  const durationsS = new Float32Array(size * size).fill(Number.NaN);
  const distancesM = new Float32Array(size * size).fill(Number.NaN);
  for (const [row, from] of points.entries()) {
    const answers = await engine.travel(points.map((to) => ({ from, to, at })));
    for (const [column, way] of answers.entries()) {
      if (way === null) continue;
      durationsS[row * size + column] = way.durationS;
      distancesM[row * size + column] = way.distanceM;
    }
    // Other work of this process goes on between rows.
    if (row % 16 === 15) await aTurn();
  }
  return { fromS, durationsS, distancesM };
}

/**
 * Travel between all places of a day, by the time of departure.
 * @param originAt - what the seconds of the bands count from
 * @returns NaN in the cells that can't be reached
 */
export async function travelMatrix(
  engine: RoutingEngine,
  points: readonly LngLat[],
  period: { originAt: Date; from: Date; to: Date },
): Promise<PlanningTravel> {
  const bands: TravelBand[] = [];
  for (const at of bandStarts(period.from, period.to, points.length)) {
    const fromS = bands.length === 0 ? 0 : (at.getTime() - period.originAt.getTime()) / 1000;
    bands.push(await bandAt(engine, points, at, fromS));
  }
  return { size: points.length, bands };
}
