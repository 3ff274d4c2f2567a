import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "@/server/domain/scheduling/random";
import { diffPlan } from "./diff-plan";
import { layOut } from "./lay-out";
import { readPlan } from "./read-plan";
import { randomPlanningDay, searchPlan } from "./testing";
import { faultsOf } from "./testing-check";
import type { PlanningDay } from "./types";

const seed = fc.integer({ min: 0, max: 2 ** 30 });
const shape = fc.record({
  trips: fc.integer({ min: 1, max: 24 }),
  units: fc.integer({ min: 1, max: 5 }),
  live: fc.boolean(),
  bands: fc.integer({ min: 1, max: 4 }),
});

/** A planned day. */
function planned(day: PlanningDay, start = 1, iterations = 150) {
  const layout = layOut(day);
  const plan = readPlan(layout, searchPlan(layout, start, iterations));
  return { layout, plan };
}

test("a plan keeps every rule of its day", () => {
  fc.assert(
    fc.property(shape, seed, (form, start) => {
      const day = randomPlanningDay(seededRandom(start), form);
      expect(faultsOf(day, planned(day, start).plan)).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

/** The same day in a town of one-way streets, whose traffic follows no rule. */
function crooked(day: PlanningDay, start: number): PlanningDay {
  const random = seededRandom(start);
  const bent = (values: ArrayLike<number | null>) =>
    Array.from(values, (value) => (value === null ? null : Math.round(value * (0.4 + 2 * random.next()))));
  const { size, bands } = day.travel;
  const bendBand = ({ fromS, durationsS, distancesM }: (typeof bands)[number]) => ({
    fromS,
    durationsS: bent(durationsS),
    distancesM: bent(distancesM),
  });
  return { ...day, travel: { size, bands: bands.map(bendBand) } };
}

test("a plan keeps every rule where the way back is another one, a detour may be quicker, and hours differ", () => {
  fc.assert(
    fc.property(shape, seed, (form, start) => {
      const day = crooked(randomPlanningDay(seededRandom(start), form), start + 1);
      expect(faultsOf(day, planned(day, start).plan)).toEqual([]);
    }),
    { numRuns: 60, examples: [[{ trips: 22, units: 4, live: true, bands: 3 }, 58453767]] },
  );
});

test("the same seed gives the same plan", () => {
  const day = randomPlanningDay(seededRandom(7), { trips: 30, units: 4, live: true, bands: 3 });
  expect(planned(day, 3, 400).plan).toEqual(planned(day, 3, 400).plan);
});

test("a plan says what it changes", () => {
  const day = randomPlanningDay(seededRandom(11), { trips: 24, units: 4, live: true });
  const { layout, plan } = planned(day);
  const diff = diffPlan(layout, plan);
  expect(diff.added).toBe(
    plan.trips.filter(({ tripId }) => day.trips.find((t) => t.id === tripId)?.currentUnitId === null).length,
  );
  expect(diff.after).toEqual(plan.totals);
});
