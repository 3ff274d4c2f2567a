import "server-only";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type { PlanningDay } from "@/server/domain/planning/types";
import type { RoutingEngine } from "@/server/integrations/routing/engine";
import type { UnitDay } from "./unit-days";

/** The days of units with their travel times, asked for in one go; ways that do not matter count as not to be driven. */
export async function withTravel(
  engine: RoutingEngine,
  points: readonly LngLat[],
  unitDays: readonly UnitDay[],
  at: Date,
): Promise<PlanningDay[]> {
  const asked = unitDays.flatMap(({ ways }) =>
    ways.flatMap(({ from, to }) => {
      const [a, b] = [points[from], points[to]];
      return a && b ? [{ from: a, to: b, at }] : [];
    }),
  );
  const answers = await engine.travel(asked);
  let next = 0;
  return unitDays.map(({ day, size, ways }) => {
    const durationsS = new Float32Array(size * size).fill(Number.NaN);
    const distancesM = new Float32Array(size * size).fill(Number.NaN);
    for (const { cell } of ways) {
      const way = answers[next++];
      if (!way) continue;
      durationsS[cell] = way.durationS;
      distancesM[cell] = way.distanceM;
    }
    return { ...day, travel: { size, bands: [{ fromS: 0, durationsS, distancesM }] } };
  });
}
