import { expect, test } from "vitest";
import { seededRandom } from "@/server/domain/scheduling/random";
import { atLocalTime } from "@/server/domain/shifts/agency-day";
import { diffPlan, diffPlans } from "./diff-plan";
import { clockOf, explanationText } from "./explain-text";
import { layOut } from "./lay-out";
import { openDesk } from "./quote";
import { readPlan } from "./read-plan";
import { randomPlanningDay, searchPlan } from "./testing";
import { faultsOf } from "./testing-check";
import type { DayPlan, PlanningDay, PlanningTrip } from "./types";
import { USUAL_WEIGHTS } from "./weights";

const NOBODY = { ambulatory: 0, wheelchair: 0, stretcher: 0 };
const MIN = 60;

/** Places on a line, one kilometre and two minutes apart; units start at the first. */
function lineDay(trips: Partial<PlanningTrip>[], units = 1): PlanningDay {
  const form = randomPlanningDay(seededRandom(1), { trips: trips.length, units, live: false });
  const size = 20;
  const km = Array.from({ length: size * size }, (_, cell) => Math.abs(Math.floor(cell / size) - (cell % size)));
  const base = form.trips[0] as PlanningTrip;
  return {
    ...form,
    mostAboard: null,
    travel: {
      size,
      bands: [{ fromS: 0, durationsS: km.map((one) => one * 2 * MIN), distancesM: km.map((one) => one * 1000) }],
    },
    trips: trips.map((trip, at) => ({
      ...base,
      id: `t${at}`,
      ref: `10${at}`,
      level: "wheelchair",
      riders: { ...NOBODY, wheelchair: 1 },
      companions: NOBODY,
      maxRideS: 30 * MIN,
      shareable: true,
      mostAboard: null,
      preferredCrewIds: [],
      refusedCrewIds: [],
      blockedUnits: [],
      ...trip,
    })),
    units: form.units.map((unit) => ({
      ...unit,
      startPlaceIndex: 0,
      endPlaceIndex: 0,
      levels: ["ambulatory", "wheelchair"],
      configurations: [{ ambulatory: 2, wheelchair: 1, stretcher: 0 }],
      maxRouteS: null,
      onRoad: false,
      shiftEndS: 600 * MIN,
      breaks: [],
    })),
    weights: { ...USUAL_WEIGHTS, maxLateMinutes: 0, maxOvertimeMinutes: 0 },
  };
}

const ride = (from: number, to: number, atMin: number, widthMin = 5): Partial<PlanningTrip> => ({
  pickup: { placeIndex: from, earliestS: atMin * MIN, latestS: (atMin + widthMin) * MIN, serviceS: MIN },
  dropoff: { placeIndex: to, earliestS: 0, latestS: 700 * MIN, serviceS: MIN },
});

const planned = (day: PlanningDay): DayPlan => {
  const layout = layOut(day);
  return readPlan(layout, searchPlan(layout, 1, 120));
};
const unitOfTrip = (plan: DayPlan, tripId: string) => plan.trips.find((trip) => trip.tripId === tripId)?.unitId;

test("a trip left out says what it lacks, and what the closest unit would have to break", () => {
  const day = lineDay([ride(2, 8, 60), ride(3, 9, 62)]);
  const plan = planned(day);
  expect(plan.unserved).toHaveLength(1);
  const [left] = plan.unserved;
  const text = left ? explanationText(left.explanation, (s) => `${Math.round(s / MIN)}'`) : "";
  expect(text).toMatch(/^(Wheelchair place: none free \d+'-\d+'; c|C)losest: W0 with \+\d+ min/);
});

test("an unlimited search over two small routes finds the cheapest split", () => {
  const day = lineDay([ride(2, 4, 60, 30), ride(5, 7, 70, 30), ride(2, 4, 200, 30), ride(5, 7, 215, 30)], 2);
  const plan = planned({ ...day, weights: { ...day.weights, perUnitUsed: 500 } });
  expect(plan.unserved).toEqual([]);
  // One unit does all: out to 7 and back, twice; a second one would cost more than it saves.
  expect(plan.totals.unitsUsed).toBe(1);
  expect(plan.totals.distanceM).toBe(24_000);
});

test("a preferred crew gets the trip while that costs little, a refused one never", () => {
  const day = lineDay(
    [
      { ...ride(2, 4, 60, 60), preferredCrewIds: ["c1"] },
      { ...ride(5, 7, 300, 60), refusedCrewIds: ["c0"] },
    ],
    2,
  );
  const plan = planned(day);
  expect([unitOfTrip(plan, "t0"), unitOfTrip(plan, "t1")]).toEqual(["u1", "u1"]);
});

test("emergency-capable units stay free while the others can do the work", () => {
  const day = lineDay([ride(2, 4, 60, 60), ride(5, 7, 300, 60)], 2);
  const reserve = [{ id: "z", name: "North", placeIndexes: [0], units: 1 }];
  const plan = planned({
    ...day,
    reserve,
    units: day.units.map((unit) => ({ ...unit, emergencyCapable: unit.id === "u0" })),
  });
  expect([unitOfTrip(plan, "t0"), unitOfTrip(plan, "t1")]).toEqual(["u1", "u1"]);
  expect(plan.reserve).toEqual([{ zoneId: "z", name: "North", wanted: 1, free: 1 }]);
});

test("trips kept together share a unit, trips kept apart never meet", () => {
  const trips = [ride(2, 8, 60, 20), ride(3, 9, 60, 20), ride(4, 10, 60, 20)].map((trip) => ({
    ...trip,
    level: "ambulatory" as const,
    riders: { ...NOBODY, ambulatory: 1 },
  }));
  const day = { ...lineDay(trips, 2), keepTogether: [["t0", "t2"]], keepApart: [["t0", "t1"] as const] };
  const plan = planned(day);
  expect(faultsOf(day, plan)).toEqual([]);
  expect(unitOfTrip(plan, "t0")).toBe(unitOfTrip(plan, "t2"));
});

test("as many ride at once as the agency and each rider allow, and who is left out is told whom it would crowd", () => {
  const seated = { level: "ambulatory" as const, riders: { ...NOBODY, ambulatory: 1 } };
  const three = [2, 3, 4].map((from) => ({ ...ride(from, from + 6, 60, 10), ...seated }));
  const places = { ...NOBODY, ambulatory: 3 };
  const dayOf = (trips: Partial<PlanningTrip>[], mostAboard: number | null = null): PlanningDay => {
    const day = lineDay(trips);
    return { ...day, mostAboard, units: day.units.map((unit) => ({ ...unit, configurations: [places] })) };
  };
  const left = (day: PlanningDay) => {
    const plan = planned(day);
    expect(faultsOf(day, plan)).toEqual([]);
    return plan.unserved;
  };
  expect(left(dayOf(three))).toEqual([]);
  expect(left(dayOf(three, 2))).toHaveLength(1);
  const shy = three.map((trip, at) => ({ ...trip, mostAboard: at === 0 ? 2 : null }));
  const [out] = left(dayOf(shy));
  expect(out && explanationText(out.explanation, clockOf(dayOf(shy)))).toContain("shares with 1 at most");
});

test("a trip stays on its unit unless moving it saves more than it upsets", () => {
  const bare = lineDay([{ ...ride(2, 4, 60, 60), currentUnitId: "u1" }], 2);
  const stop = { tripId: "t0", serviceS: MIN, fixed: false, arrivedAtS: null, plannedS: null };
  const stops = [
    { ...stop, id: "s1", kind: "pickup" as const, placeIndex: 2 },
    { ...stop, id: "s2", kind: "dropoff" as const, placeIndex: 4 },
  ];
  const day = { ...bare, units: bare.units.map((unit) => (unit.id === "u1" ? { ...unit, stops } : unit)) };
  const plan = planned(day);
  expect(unitOfTrip(plan, "t0")).toBe("u1");
  expect(diffPlan(layOut(day), plan)).toMatchObject({ moved: 0, added: 0, removed: 0, retimed: 0 });
});

test("a unit that runs late keeps what it was told, and the trip that it would miss goes to another", () => {
  const bare = lineDay(
    [
      { ...ride(2, 10, 20), currentUnitId: "u0", locked: true },
      { ...ride(3, 5, 50), currentUnitId: "u0" },
    ],
    2,
  );
  const stops = bare.trips.flatMap((trip, at) =>
    (["pickup", "dropoff"] as const).map((kind) => ({
      id: `${trip.id} ${kind}`,
      kind,
      tripId: trip.id,
      placeIndex: (trip[kind] ?? trip.pickup).placeIndex,
      serviceS: MIN,
      fixed: at === 0,
      arrivedAtS: null,
      plannedS: null,
    })),
  );
  const free = (availableS: number): PlanningDay => ({
    ...bare,
    units: bare.units.map((unit) => (unit.id === "u0" ? { ...unit, availableS, stops } : unit)),
  });
  const [onTime, late] = [free(0), free(40 * MIN)];
  expect(["t0", "t1"].map((trip) => unitOfTrip(planned(onTime), trip))).toEqual(["u0", "u0"]);
  const plan = planned(late);
  expect(["t0", "t1"].map((trip) => unitOfTrip(plan, trip))).toEqual(["u0", "u1"]);
  expect(plan.trips.find(({ tripId }) => tripId === "t0")?.lateS).toBe(19 * MIN);
  expect(diffPlan(layOut(late), plan)).toMatchObject({ moved: 1, added: 0, removed: 0 });
});

test("slack is what is left until the promise, and a trip that is late has none", () => {
  const weights = { ...USUAL_WEIGHTS, maxLateMinutes: 10, maxOvertimeMinutes: 0 };
  const slackOf = (trip: Partial<PlanningTrip>) => planned({ ...lineDay([trip]), weights }).trips[0];
  expect(slackOf(ride(2, 4, 60))).toMatchObject({ slackS: 5 * MIN, lateS: 0 });
  expect(slackOf(ride(9, 10, 10))).toMatchObject({ slackS: 0, lateS: 3 * MIN });
  const due = { placeIndex: 4, earliestS: 0, latestS: 67 * MIN, serviceS: MIN };
  expect(slackOf({ ...ride(2, 4, 60), dropoff: due })).toMatchObject({ slackS: 2 * MIN });
});

test("two plans are compared by what each unit and trip does in them; a unit of only one had nothing to do", () => {
  const day = lineDay([ride(2, 8, 60), ride(3, 9, 62)]);
  const [before, after] = [planned(day), planned(lineDay([ride(2, 8, 60), ride(3, 9, 62)], 2))];
  const diff = diffPlans(before, after);
  expect(diff).toMatchObject({ before: before.totals, after: after.totals, added: 1, moved: 0, removed: 0 });
  const [first, second] = diff.units;
  expect(first?.before).toEqual(before.units[0]?.totals);
  expect(second?.before).toMatchObject({ trips: 0, costPoints: 0 });
});

test("lateness is planned only as far as it is allowed, and paid for", () => {
  const day = lineDay([{ ...ride(9, 10, 10, 5) }]);
  expect(planned(day).unserved).toHaveLength(1);
  const lenient = planned({ ...day, weights: { ...day.weights, maxLateMinutes: 10 } });
  expect(lenient.totals).toMatchObject({ trips: 1, lateMinutes: 3 });
});

test.each([
  ["the night the clocks go forward", "2026-03-08", "2026-03-08T03:30:00.000Z", "01:40", "04:05"],
  ["the night the clocks go back", "2026-11-01", "2026-11-01T03:30:00.000Z", "01:40", "02:05"],
])("a ride of %s takes its elapsed time", (_, day, origin, from, to) => {
  const zone = "America/New_York";
  const originMs = Date.parse(origin);
  const atS = (time: string) => (atLocalTime(day, time, zone).getTime() - originMs) / 1000;
  const base = lineDay([ride(2, 12, 0, 0)]);
  const [trip] = base.trips;
  if (!trip) throw new Error("no trip");
  const rides = { ...trip, pickup: { ...trip.pickup, earliestS: atS(from), latestS: atS(from) } };
  const [unit] = base.units;
  if (!unit) throw new Error("no unit");
  const plan = planned({
    ...base,
    originAt: origin,
    timeZone: zone,
    trips: [rides],
    units: [{ ...unit, shiftEndS: 10 * 3600 }],
  });
  const clock = clockOf({ originAt: origin, timeZone: zone });
  const [placed] = plan.trips;
  expect([clock(placed?.pickupS ?? 0), placed?.rideS]).toEqual([from, 20 * MIN]);
  expect(clock(atS(to))).toBe(to);
});

test("a shift across midnight is one stretch of time", () => {
  const day = lineDay([ride(2, 4, 23 * 60, 10), ride(4, 2, 25 * 60, 10)]);
  const plan = planned({
    ...day,
    trips: day.trips.map((trip) => ({ ...trip, dropoff: trip.dropoff && { ...trip.dropoff, latestS: 2000 * MIN } })),
    units: day.units.map((unit) => ({ ...unit, availableS: 22 * 3600, shiftStartS: 22 * 3600, shiftEndS: 30 * 3600 })),
  });
  expect(plan.trips.map(({ pickupS }) => pickupS / MIN)).toEqual([1380, 1500]);
});

test("a unit that is asked for one more trip says what it can promise", () => {
  const day = lineDay([ride(2, 4, 60, 30), ride(4, 6, 60, 60)]);
  const alone = { ...day, trips: day.trips.slice(0, 1) };
  const quote = openDesk(day, planned(alone)).quote("t1");
  expect(quote.options).toHaveLength(1);
  expect(quote.options[0]).toMatchObject({
    unitId: "u0",
    detourM: 4_000,
    detourS: 8 * MIN,
    afterStop: 1,
    dropAfterStop: 1,
  });
});
