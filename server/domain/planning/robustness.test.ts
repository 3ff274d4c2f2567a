import { expect, test } from "vitest";
import { seededRandom } from "@/server/domain/scheduling/random";
import { layOut } from "./lay-out";
import { readPlan } from "./read-plan";
import { lateProbabilities, USUAL_SPREAD, withLateness } from "./robustness";
import { randomPlanningDay, searchPlan } from "./testing";
import type { PlanningDay } from "./types";
import { USUAL_WEIGHTS } from "./weights";

const day = randomPlanningDay(seededRandom(21), { trips: 24, units: 5, live: false });
const planned = (one: PlanningDay) => {
  const layout = layOut(one);
  return readPlan(layout, searchPlan(layout, 1, 400));
};
const total = (chances: Map<string, number>) => [...chances.values()].reduce((sum, chance) => sum + chance, 0);

test("without spread a trip is late exactly when the plan says so", () => {
  const plan = planned(day);
  const sure = { ...USUAL_SPREAD, runs: 1, travel: 0, day: 0, dwell: 0 };
  const chances = lateProbabilities(day, plan, sure);
  for (const trip of plan.trips) expect(chances.get(trip.tripId)).toBe(trip.lateS > 0 ? 1 : 0);
});

test("the same seed gives the same chances", () => {
  const plan = planned(day);
  expect(lateProbabilities(day, plan)).toEqual(lateProbabilities(day, plan));
  expect(withLateness(day, plan).trips.every(({ lateProbability }) => lateProbability !== null)).toBe(true);
});

test("the more travel varies, the more trips are late", () => {
  const plan = planned(day);
  const calm = total(lateProbabilities(day, plan, { ...USUAL_SPREAD, travel: 0.05, day: 0, dwell: 0 }));
  const wild = total(lateProbabilities(day, plan, { ...USUAL_SPREAD, travel: 0.6, day: 0.3, dwell: 0.8 }));
  expect(wild).toBeGreaterThan(calm);
});

test("plans that pay for used-up buffers are late less often", () => {
  const strict = { ...USUAL_WEIGHTS, maxLateMinutes: 0 };
  const buffered = { ...strict, bufferMinutes: 10, perBufferMinuteUsed: 4 };
  const wild = { ...USUAL_SPREAD, travel: 0.4, day: 0.2, dwell: 0.6 };
  let [careless, careful] = [0, 0];
  for (const seed of [21, 22, 23, 24]) {
    const one = randomPlanningDay(seededRandom(seed), { trips: 24, units: 5, live: false });
    careless += total(lateProbabilities(one, planned({ ...one, weights: strict }), wild));
    careful += total(lateProbabilities(one, planned({ ...one, weights: buffered }), wild));
  }
  expect(careful).toBeLessThan(0.9 * careless);
});
