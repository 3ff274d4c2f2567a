import { expect, test } from "vitest";
import { chosenBreaks, chosenTrips, newBreaks, partsOf, type TripPart, type UnitPart } from "./parts";
import { inPlanOrder } from "./stop-order";

const part = (tripId: string, from: string | null, to: string | null, more: Partial<TripPart> = {}): TripPart => ({
  tripId,
  change: from === null ? "added" : to === null ? "removed" : "moved",
  fromShiftId: from,
  toShiftId: to,
  decision: "open",
  ...more,
});

test("trips that leave one unit for another tie the two together; the rest stays apart", () => {
  const parts = partsOf([part("1", null, "a"), part("2", "a", "b"), part("3", null, "c"), part("4", "d", "c")], []);
  expect(parts).toEqual([
    { tripIds: ["1", "2"], shiftIds: ["a", "b"] },
    { tripIds: ["3", "4"], shiftIds: ["c", "d"] },
  ]);
});

test("a choice of units takes what comes and what goes; decided and unchanged trips are left alone", () => {
  const trips = [
    part("1", null, "a"),
    part("2", "a", "b"),
    part("3", null, "b", { decision: "accepted" }),
    part("4", "b", "b", { change: "kept" }),
    part("5", null, "c"),
  ];
  const ids = (choice: Parameters<typeof chosenTrips>[1]) => chosenTrips(trips, choice).map(({ tripId }) => tripId);
  expect(ids({})).toEqual(["1", "2", "5"]);
  expect(ids({ shiftIds: ["b"] })).toEqual(["2"]);
  expect(ids({ shiftIds: ["c"], tripIds: ["1"] })).toEqual(["1", "5"]);
  expect(ids({ shiftIds: [] })).toEqual([]);
});

const resting = (shiftId: string, stopId: string | null = null): UnitPart => ({
  shiftId,
  decision: "open",
  stops: [{ kind: "break", tripId: null, stopId, breakId: "b", at: "2027-03-03T15:00:00.000Z", fixed: false }],
});

test("a unit that only gets a break is a part of its own; one that trips touch gets it with them", () => {
  expect(partsOf([part("1", null, "a")], [resting("a"), resting("b")])).toEqual([
    { tripIds: ["1"], shiftIds: ["a"] },
    { tripIds: [], shiftIds: ["b"] },
  ]);
});

test("breaks are chosen by their units, or with everything; those that stand on the manifest are not new", () => {
  const units = [resting("a"), resting("b", "there"), { ...resting("c"), decision: "rejected" as const }];
  expect(units.map(newBreaks)).toEqual([1, 0, 0]);
  const ids = (choice: Parameters<typeof chosenBreaks>[1]) => chosenBreaks(units, choice).map(({ shiftId }) => shiftId);
  expect(ids({})).toEqual(["a"]);
  expect(ids({ shiftIds: ["a", "b"] })).toEqual(["a"]);
  expect(ids({ tripIds: ["1"] })).toEqual([]);
});

const at = (minute: number) => new Date(Date.UTC(2027, 2, 3, 15, minute));
const stop = (id: string, kind: string, tripId: string | null, minute: number, fixed = false) => ({
  id,
  kind,
  tripId,
  at: at(minute),
  fixed,
});
const planned = (kind: string, tripId: string | null, minute: number, stopId: string | null = null) => ({
  kind,
  tripId,
  stopId,
  at: at(minute),
});

test("stops follow the plan; fixed ones stay in front, and unknown ones go by their time with pickup first", () => {
  const manifest = [
    stop("f", "pickup", "now", 0, true),
    stop("u1", "pickup", "unknown", 20),
    stop("u2", "dropoff", "unknown", 29),
    stop("a1", "pickup", "a", 10),
    stop("a2", "dropoff", "a", 40),
    stop("b", "break", null, 50),
    stop("g", "dropoff", "now", 5),
  ];
  const order = inPlanOrder(manifest, [
    planned("pickup", "now", 0),
    planned("pickup", "a", 15),
    planned("dropoff", "now", 25),
    planned("break", null, 30, "b"),
    planned("dropoff", "a", 40),
  ]);
  expect(order.map(({ id }) => id)).toEqual(["f", "a1", "u1", "g", "u2", "b", "a2"]);
});
