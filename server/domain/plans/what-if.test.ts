import { expect, test } from "vitest";
import type { PlanningDay, PlanningTrip, PlanningUnit } from "@/server/domain/planning/types";
import { USUAL_WEIGHTS } from "@/server/domain/planning/weights";
import { assume, extraUnitId, parseUnitId } from "./what-if";

const places = { ambulatory: 1, wheelchair: 1, stretcher: 0 };
const unit: PlanningUnit = {
  id: "w1",
  callSign: "W1",
  manifestVersion: 1,
  startPlaceIndex: 1,
  availableS: 3600,
  endPlaceIndex: 0,
  shiftStartS: 3600,
  shiftEndS: 36_000,
  maxRouteS: null,
  onRoad: false,
  configurations: [places],
  levels: ["wheelchair"],
  emergencyCapable: false,
  crewIds: [],
  breaks: [],
  stops: [],
};
const end = { placeIndex: 0, earliestS: 7200, latestS: 9000, serviceS: 60 };
const trip: PlanningTrip = {
  id: "t1",
  ref: "T-1",
  priority: "scheduled",
  level: "wheelchair",
  riders: places,
  companions: { ambulatory: 0, wheelchair: 0, stretcher: 0 },
  pickup: end,
  dropoff: null,
  maxRideS: null,
  willCall: false,
  readyAtS: null,
  shareable: true,
  mostAboard: null,
  preferredCrewIds: [],
  refusedCrewIds: [],
  blockedUnits: [],
  currentUnitId: null,
  locked: false,
  aboard: false,
  loadedAtS: null,
};
const day: PlanningDay = {
  originAt: "2027-03-03T15:00:00.000Z",
  timeZone: "UTC",
  nowS: 0,
  trips: [trip, { ...trip, id: "t2", locked: true, currentUnitId: "w1" }],
  units: [unit],
  travel: { size: 2, bands: [] },
  keepTogether: [],
  keepApart: [],
  mostAboard: null,
  reserve: [],
  weights: USUAL_WEIGHTS,
};

test("without a question the day is as it is", () => {
  expect(assume(day, null)).toBe(day);
});

test("more units like one stand at its base with nothing to do", () => {
  const { units } = assume(day, { extraUnitsLike: { shiftId: "w1", count: 2 } });
  expect(units.map(({ id, startPlaceIndex, stops }) => [id, startPlaceIndex, stops.length])).toEqual([
    ["w1", 1, 0],
    [extraUnitId("w1", 1), 0, 0],
    [extraUnitId("w1", 2), 0, 0],
  ]);
});

test("wider windows hold for trips that can be moved, another start for a shift that has not begun", () => {
  const wider = assume(day, { widenWindowsMin: 10 });
  expect(wider.trips.map(({ pickup }) => pickup.latestS)).toEqual([9600, 9000]);
  const earlier = assume(day, { moveStart: { shiftId: "w1", minutes: -30 } });
  expect(earlier.units[0]).toMatchObject({ shiftStartS: 1800, availableS: 1800 });
  const later = assume(day, { moveStart: { shiftId: "w1", minutes: 60 } });
  expect(later.units[0]).toMatchObject({ shiftStartS: 7200, availableS: 7200 });
  const onRoad = { ...day, units: [{ ...unit, onRoad: true }] };
  expect(assume(onRoad, { moveStart: { shiftId: "w1", minutes: -30 } }).units[0]).toMatchObject({ shiftStartS: 3600 });
});

test("a unit that a question adds is told from the shift that it is like by its id", () => {
  expect(parseUnitId(extraUnitId("w1", 2))).toEqual({ shiftId: "w1", extra: 2 });
  expect(parseUnitId("w1")).toEqual({ shiftId: "w1", extra: 0 });
});
