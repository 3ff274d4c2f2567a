import { clockOf, nearMissText, obstacleText } from "@/server/domain/planning/explain-text";
import { openDesk } from "@/server/domain/planning/quote";
import type { NearMiss, Obstacle, PlanningDay, PlanningUnit, WorkInOption } from "@/server/domain/planning/types";
import { unitBars } from "@/server/domain/planning/unit-rules";
import type { QuoteView } from "@/server/domain/plans/quote";

/** How many units an answer names, of those that could and of those that could not. */
const NAMED = 10;

type Outline = Omit<PlanningDay, "travel">;
type Answers = { options: WorkInOption[]; rejected: NearMiss[]; common: Obstacle[] };

const refusedOn = ({ id, callSign }: PlanningUnit, obstacles: Obstacle[]): NearMiss => ({
  unitId: id,
  callSign,
  detourS: 0,
  detourM: 0,
  obstacles,
});

/** Units that may not have the trip, with why; said of all of them when there is no other. */
function askBarred(outline: Outline, tripId: string): Answers {
  const trip = outline.trips.find(({ id }) => id === tripId);
  const bars = (unit: PlanningUnit) => (trip ? unitBars(trip, unit) : []);
  const rejected = outline.units.flatMap((unit) => {
    const obstacles = bars(unit);
    return obstacles.length > 0 ? [refusedOn(unit, obstacles)] : [];
  });
  const said = new Map(rejected.map(({ obstacles }) => [JSON.stringify(obstacles), obstacles]));
  const [only, ...others] = said.values();
  return { options: [], rejected, common: others.length === 0 && only ? only : [] };
}

/** Asks unit by unit; what stands in the way on all of them alike is said once. */
function askUnits(unitDays: readonly PlanningDay[], tripId: string): Answers {
  const answers: Answers = { options: [], rejected: [], common: [] };
  const said = new Map<string, Obstacle[]>();
  for (const day of unitDays) {
    const { options, rejected, obstacles } = openDesk(day, null).quote(tripId);
    answers.options.push(...options);
    answers.rejected.push(...rejected);
    const [unit] = day.units;
    if (unit && obstacles.length > 0) answers.rejected.push(refusedOn(unit, obstacles));
    said.set(JSON.stringify(obstacles), obstacles);
  }
  const [only, ...others] = said.values();
  return others.length === 0 && only ? { ...answers, common: only } : answers;
}

/** What taking a free emergency unit costs beside the way, where its base has none to spare. */
function reserveCost({ reserve, units, weights }: Outline, unit: PlanningUnit | undefined): number {
  if (!unit?.emergencyCapable || unit.stops.length > 0) return 0;
  const short = reserve.filter((zone) => {
    const free = units.filter(
      (one) => one.emergencyCapable && one.stops.length === 0 && zone.placeIndexes.includes(one.startPlaceIndex),
    );
    return free.includes(unit) && free.length <= zone.units;
  });
  return short.length * weights.perReserveUnitMissing;
}

/**
 * What can be said to a caller: the cheapest units first, or what stands in the way.
 * @param unitDays - of the units that may have the trip
 * @param took - milliseconds since the question came
 */
export function answerQuote(
  outline: Outline,
  unitDays: readonly PlanningDay[],
  tripId: string,
  took: () => number,
): QuoteView {
  const barred = askBarred(outline, tripId);
  const { options, rejected: misses, common: said } = askUnits(unitDays, tripId);
  const rejected = [...misses, ...barred.rejected];
  const common = unitDays.length > 0 ? said : barred.common;
  const clock = clockOf(outline);
  const moment = (s: number) => new Date(Date.parse(outline.originAt) + Math.round(s * 1000));
  const unitOf = new Map(outline.units.map((unit) => [unit.id, unit]));
  const priced = options.map((one) => ({
    ...one,
    cost: one.costPoints + reserveCost(outline, unitOf.get(one.unitId)),
  }));
  return {
    possible: options.length > 0,
    options: priced
      .toSorted((a, b) => a.cost - b.cost)
      .slice(0, NAMED)
      .map((option) => ({
        shiftId: option.unitId,
        callSign: option.callSign,
        detourS: option.detourS,
        detourM: option.detourM,
        cost: option.cost,
        pickupFrom: moment(option.earliestPickupS),
        pickupTo: moment(option.latestPickupS),
        dropoffFrom: moment(option.earliestDropoffS),
      })),
    rejected: rejected
      .toSorted((a, b) => a.obstacles.length - b.obstacles.length || a.detourS - b.detourS)
      .slice(0, NAMED)
      .map((miss) => ({ shiftId: miss.unitId, callSign: miss.callSign, reasons: [nearMissText(miss, clock)] })),
    reasons: outline.units.length === 0 ? ["no unit is on duty"] : common.map((one) => obstacleText(one, clock)),
    tookMs: took(),
  };
}
