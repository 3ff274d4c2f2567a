import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "@/server/domain/scheduling/random";
import { layOut } from "./lay-out";
import { openDesk } from "./quote";
import { readPlan } from "./read-plan";
import { randomPlanningDay, searchPlan } from "./testing";
import { faultsOf } from "./testing-check";
import type { DayPlan, PlanningDay } from "./types";

/** A plan of a day in which one trip that nothing is known of yet is left out. */
function planWithout(day: PlanningDay, tripId: string, iterations: number): DayPlan {
  const layout = layOut({ ...day, trips: day.trips.filter(({ id }) => id !== tripId) });
  return readPlan(layout, searchPlan(layout, 1, iterations));
}

const withoutGroups = (day: PlanningDay): PlanningDay => ({ ...day, keepTogether: [] });

test("a quote names exactly the units that have a place, and the cheapest keeps every rule", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.boolean(), (start, live) => {
      const day = withoutGroups(randomPlanningDay(seededRandom(start), { trips: 14, units: 3, live, bands: 2 }));
      const asked = "t13";
      const desk = openDesk(day, planWithout(day, asked, 60));
      const { options, rejected, obstacles } = desk.quote(asked);
      if (obstacles.length === 0) expect(options.length + rejected.length).toBe(3);
      for (const miss of rejected) expect(miss.obstacles.length).toBeGreaterThan(0);
      const [best] = options;
      if (!best) return;
      const unit = day.units.find(({ id }) => id === best.unitId);
      const pinned = day.trips.map((trip) =>
        trip.id === asked
          ? { ...trip, blockedUnits: day.units.filter((u) => u !== unit).map((u) => ({ unitId: u.id, code: "x" })) }
          : trip,
      );
      const r = desk.layout.requestOf.get(asked) ?? -1;
      const k = desk.layout.units.findIndex(({ id }) => id === best.unitId);
      expect(Number.isFinite(best.costPoints)).toBe(true);
      expect(best.latestPickupS).toBeGreaterThanOrEqual(best.earliestPickupS);
      expect(desk.layout.problem.allowed[r * desk.layout.units.length + k]).toBe(1);
      const taken = readPlan(layOut({ ...day, trips: pinned }), searchPlan(layOut({ ...day, trips: pinned }), 1, 40));
      expect(faultsOf({ ...day, trips: pinned }, taken)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("a plan read back into the engine is the same plan", () => {
  const day = withoutGroups(randomPlanningDay(seededRandom(4), { trips: 24, units: 4, live: true, bands: 2 }));
  const layout = layOut(day);
  const plan = readPlan(layout, searchPlan(layout, 1, 200));
  const desk = openDesk(day, plan);
  const again = readPlan(desk.layout, desk.plan);
  expect(again.units).toEqual(plan.units);
});
