import fc from "fast-check";
import { expect, test } from "vitest";
import { type Random, seededRandom } from "@/server/domain/scheduling/random";
import { explanationText } from "./explain-text";
import { layOut } from "./lay-out";
import { readPlan } from "./read-plan";
import { randomPlanningDay, searchPlan } from "./testing";
import type { DayPlan, PlanningDay, PlanningTrip, PlanningUnit } from "./types";

const planned = (day: PlanningDay): DayPlan => {
  const layout = layOut(day);
  return readPlan(layout, searchPlan(layout, 1, 60));
};
const base = () => randomPlanningDay(seededRandom(2), { trips: 8, units: 2, live: false });
const withTrip = (day: PlanningDay, change: (trip: PlanningTrip) => Partial<PlanningTrip>): PlanningDay => ({
  ...day,
  trips: day.trips.map((trip, at) =>
    at === 0 ? { ...trip, blockedUnits: [], refusedCrewIds: [], ...change(trip) } : trip,
  ),
});
const reasonOf = (plan: DayPlan, tripId = "t0") =>
  explanationText(
    plan.unserved.find((one) => one.tripId === tripId)?.explanation ?? { obstacles: [], closest: [], units: 0 },
    String,
  );

test.each<[string, (trip: PlanningTrip) => Partial<PlanningTrip>, string]>([
  [
    "a window that ends before it begins",
    (t) => ({ pickup: { ...t.pickup, earliestS: 9_000, latestS: 8_900 } }),
    "Pickup: its window ends before it begins.",
  ],
  [
    "a window that is no number",
    (t) => ({ pickup: { ...t.pickup, earliestS: Number.NaN } }),
    "Pickup: its window is not a time.",
  ],
  [
    "a negative service time",
    (t) => ({ pickup: { ...t.pickup, serviceS: -1 } }),
    "Pickup: its service time is not a duration.",
  ],
  ["an unknown place", (t) => ({ pickup: { ...t.pickup, placeIndex: 999 } }), "Pickup: its place is unknown."],
  ["a negative ride limit", () => ({ maxRideS: -5 }), "Its ride limit is not a duration."],
  [
    "half a rider",
    () => ({ riders: { ambulatory: 0.5, wheelchair: 0, stretcher: 0 } }),
    "Its riders cannot be counted.",
  ],
  [
    "a ride limit shorter than the way",
    () => ({ maxRideS: 1 }),
    "Its windows, the way and its ride limit exclude each other.",
  ],
  ["a will-call whose rider is not ready", () => ({ willCall: true }), "Will-call: the rider is not ready yet."],
  ["a level that no crew has", () => ({ level: "als" as const }), "No crew for level als."],
])("%s is left out with its reason, and the rest is planned", (_, change, reason) => {
  const plan = planned(withTrip(base(), change));
  expect(reasonOf(plan)).toBe(reason);
  expect(plan.unserved.map(({ tripId }) => tripId)).toContain("t0");
  expect(plan.trips.length).toBeGreaterThan(3);
});

test("without units every trip says so", () => {
  const plan = planned({ ...base(), units: [] });
  expect(plan.faults.map(({ code }) => code)).toEqual(["no_units"]);
  expect(plan.unserved.map(({ explanation }) => explanation.obstacles[0]?.code)).toEqual(Array(8).fill("no_units"));
});

test("a place that no way leads to leaves its trip out", () => {
  const day = base();
  const { size, bands } = day.travel;
  const cut = bands.map((band) => ({
    ...band,
    durationsS: Array.from(band.durationsS, (value, cell) =>
      cell % size === 0 || Math.floor(cell / size) === 0 ? null : value,
    ),
  }));
  const plan = planned({ ...day, travel: { size, bands: cut } });
  expect(reasonOf(plan)).toBe("No way leads there.");
});

test("a unit that cannot be used is named, and the others are planned", () => {
  const [first, ...rest] = base().units;
  const plan = planned({ ...base(), units: [{ ...(first as PlanningUnit), configurations: [] }, ...rest] });
  expect(plan.faults).toEqual([{ code: "unit_unusable", unitId: "u0", detail: "it has no places" }]);
  expect(plan.trips.length).toBeGreaterThan(0);
});

/** Puts nonsense into a random day. */
function spoil(day: PlanningDay, random: Random): PlanningDay {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12, 0];
  const pick = () => odd[random.int(odd.length)] ?? 0;
  const maybe = (value: number) => (random.int(6) === 0 ? pick() : value);
  return {
    ...day,
    trips: day.trips.map((trip) => ({
      ...trip,
      pickup: {
        ...trip.pickup,
        earliestS: maybe(trip.pickup.earliestS),
        latestS: maybe(trip.pickup.latestS),
        serviceS: maybe(trip.pickup.serviceS),
      },
      dropoff: trip.dropoff && { ...trip.dropoff, placeIndex: maybe(trip.dropoff.placeIndex) },
      maxRideS: trip.maxRideS === null ? null : maybe(trip.maxRideS),
    })),
    units: day.units.map((unit) => ({
      ...unit,
      shiftEndS: maybe(unit.shiftEndS),
      availableS: maybe(unit.availableS),
      maxRouteS: unit.maxRouteS && maybe(unit.maxRouteS),
    })),
    travel: {
      ...day.travel,
      bands: day.travel.bands.map((band) => ({
        ...band,
        durationsS: Array.from(band.durationsS, (value) => maybe(value ?? 0)),
      })),
    },
  };
}

/** Days that once ended in totals that are no numbers: a start before all bands, riders aboard without a direct way. */
const SPOILED_BEFORE: [number, boolean][] = [
  [242285811, false],
  [2173, true],
  [3335, true],
  [7427, true],
];

test("nonsense ends in a plan with a reason for every trip that is not in it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.boolean(), (start, live) => {
      const random = seededRandom(start);
      const day = spoil(randomPlanningDay(random, { trips: 12, units: 3, live, bands: 2 }), random);
      const plan = planned(day);
      const placed = new Set(plan.trips.map(({ tripId }) => tripId));
      for (const { tripId, explanation } of plan.unserved) {
        expect(placed.has(tripId)).toBe(false);
        expect(explanation.obstacles.length + explanation.closest.length).toBeGreaterThan(0);
        expect(explanationText(explanation, String)).not.toMatch(/NaN|Infinity|undefined/);
      }
      expect(placed.size + plan.unserved.length).toBe(12);
      expect(Number.isFinite(plan.totals.costPoints)).toBe(true);
    }),
    { numRuns: 100, examples: SPOILED_BEFORE },
  );
});
