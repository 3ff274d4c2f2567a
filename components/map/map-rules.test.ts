import { describe, expect, test } from "vitest";
import { clusterLabel, clusterUnits } from "./cluster";
import { diffFeatures } from "./diff-features";
import { Motion } from "./motion";
import { placePlate } from "./place-plate";
import { shownAs, unitFeatures } from "./to-feature-collection";
import type { LivePosition, UnitOnMap } from "./unit-on-map";
import { latenessOf } from "./units-of-board";

const now = Date.parse("2026-03-04T19:32:00Z");
const unit = (vehicleNo: string, changes: Partial<UnitOnMap> = {}): UnitOnMap => ({
  vehicleNo,
  vehicleId: vehicleNo,
  shiftId: vehicleNo,
  label: `M${vehicleNo}`,
  mark: "en_route",
  word: "En route",
  since: null,
  available: false,
  onTrip: true,
  emergency: false,
  lateMin: 0,
  lateIsEstimate: false,
  darkReason: null,
  ...changes,
});
const free = { mark: "available", available: true, onTrip: false } as const;
const at = (lng: number, lat: number, ageS = 5): LivePosition => ({
  lng,
  lat,
  headingDeg: 90,
  speedMps: 12,
  takenAtMs: now - ageS * 1000,
});
const draw = (units: UnitOnMap[], ageS = 5, zoom = 14, selectedNo: string | null = null) =>
  unitFeatures(units, new Map(units.map((one, index) => [one.vehicleNo, at(-80 + index * 1e-4, 40, ageS)])), {
    nowMs: now,
    zoom,
    selectedNo,
  }).map(({ properties }) => properties);

describe("an old position", () => {
  test.each([
    [119, "en_route", null],
    [120, "en_route", "2 min"],
    [599, "en_route", "9 min"],
    [600, "stale", "10 min"],
    [3599, "stale", "59 min"],
  ])("at %i s is shown as %s with age %s", (ageS, mark, ageText) =>
    expect(shownAs(unit("1"), ageS)).toEqual({ mark, greyed: false, ageText }),
  );

  test("over an hour takes a free unit off the map, and leaves one on a trip grey at its last place", () => {
    expect(shownAs(unit("1", free), 3600)).toBeNull();
    expect(shownAs(unit("1"), 7500)).toEqual({ mark: "en_route", greyed: true, ageText: "2 h 05" });
    expect(draw([unit("1", free)], 4000)).toEqual([]);
    expect(draw([unit("1")], 4000)[0]).toMatchObject({ icon: "unit:en_route~", label: "M1 · 1 h 06", beaked: false });
  });
});

test("labels give way in order: selected, emergency, available, the rest", () => {
  const units = [unit("1"), unit("2", free), unit("3", { emergency: true }), unit("4")];
  expect(draw(units, 5, 14, "4").map(({ id, rank }) => [id, rank])).toEqual([
    ["1", 3],
    ["2", 2],
    ["3", 1],
    ["4", 0],
  ]);
});

test("arrows turn with the vehicle, other marks carry a beak while moving", () => {
  const [arrow, disc] = draw([unit("1"), unit("2", free)]);
  expect(arrow).toMatchObject({ turn: 90, beaked: false });
  expect(disc).toMatchObject({ turn: 0, beak: 90, beaked: true });
});

test("a late trip and one that an estimate fears for are told apart", () => {
  const [late, feared] = draw([unit("1", { lateMin: 7 }), unit("2", { lateMin: 7, lateIsEstimate: true })]);
  expect(late).toMatchObject({ late: "7 min", risky: false });
  expect(feared).toMatchObject({ late: "~7 min", risky: true });
});

test("a unit is late by the clock before it is late by an estimate", () => {
  const late = { latenessS: 300, exceptions: [] };
  const feared = { latenessS: 1200, exceptions: ["at_risk" as const] };
  expect(latenessOf([late, feared])).toEqual({ lateMin: 5, lateIsEstimate: false });
  expect(latenessOf([feared])).toEqual({ lateMin: 20, lateIsEstimate: true });
  expect(latenessOf([{ latenessS: -60, exceptions: [] }])).toEqual({ lateMin: 0, lateIsEstimate: false });
});

describe("clusters", () => {
  const crowd = [
    ...Array.from({ length: 5 }, (_, index) => unit(`b${index}`)),
    unit("f1", free),
    unit("f2", free),
    unit("e", { emergency: true }),
  ];

  test("never swallow an available, selected or emergency unit, and say how many are free", () => {
    const drawn = draw(crowd, 5, 9, "b0");
    expect(drawn.filter(({ kind }) => kind === "unit").map(({ id }) => id)).toEqual(["b0", "f1", "f2", "e"]);
    expect(drawn.filter(({ kind }) => kind === "cluster").map(({ label }) => label)).toEqual(["6, 2 free"]);
    expect(clusterLabel({ count: 7, free: 0 })).toBe("7");
  });

  test("put their plate beside the marks it counts, and rather over a free one than over an emergency", () => {
    const plate = { x: 100, y: 100 };
    expect(placePlate(plate, [])).toEqual(plate);
    const covers = (at: { x: number; y: number }, x: number, y: number) => Math.hypot(at.x - x, at.y - y) < 16;
    const beside = placePlate(plate, [{ x: 104, y: 98, pressing: false }]);
    expect(covers(beside, 104, 98)).toBe(false);
    const crowd = [-120, -60, 0, 60, 120].flatMap((dx) =>
      [-60, -30, 0, 30, 60].map((dy) => ({ x: 100 + dx, y: 100 + dy, pressing: dx === 0 && dy === 0 })),
    );
    expect(covers(placePlate(plate, crowd), 100, 100)).toBe(false);
  });

  test("dissolve close up, and a few neighbours are no crowd", () => {
    expect(draw(crowd, 5, 12).every(({ kind }) => kind === "unit")).toBe(true);
    const pair = ["a", "b", "c"].map((id) => ({ id, lng: 0, lat: 0, free: false, alone: false }));
    expect(clusterUnits(pair, 5).clusters).toEqual([]);
  });
});

test("two thousand units are laid out in well under a frame's budget of a slow machine", () => {
  const fleet = Array.from({ length: 2000 }, (_, index) => unit(String(index), index % 4 === 0 ? free : {}));
  const positions = new Map(
    fleet.map(({ vehicleNo }, index) => [vehicleNo, at(-80 + (index % 50) * 0.01, 40 + Math.floor(index / 50) * 0.01)]),
  );
  const start = performance.now();
  unitFeatures(fleet, positions, { nowMs: now, zoom: 10, selectedNo: null });
  expect(performance.now() - start).toBeLessThan(100);
});

describe("what is sent to the map", () => {
  const feature = (id: string, lng: number) =>
    unitFeatures([unit(id)], new Map([[id, at(lng, 40)]]), { nowMs: now, zoom: 14, selectedNo: null })[0]!;
  const drawn = (...features: ReturnType<typeof feature>[]) => new Map(features.map((one) => [one.properties.id, one]));
  const before = drawn(feature("1", -80), feature("2", -80), feature("3", -80), feature("4", -80));

  test("is nothing when nothing changed, and only what moved when few did", () => {
    expect(diffFeatures(before, before)).toBeNull();
    const next = drawn(feature("1", -80), feature("2", -79.9), feature("3", -80), feature("4", -80));
    expect(diffFeatures(before, next)).toEqual({
      add: [],
      remove: [],
      update: [{ id: "2", newGeometry: { type: "Point", coordinates: [-79.9, 40] } }],
    });
  });

  test("is everything when most moved", () => {
    expect(diffFeatures(before, drawn(feature("1", 1), feature("2", 2), feature("3", 3), feature("4", -80)))).toBe(
      "everything",
    );
  });
});

describe("between two fixes", () => {
  const go = (to: LivePosition, glides = true) => {
    const motion = new Motion();
    motion.aim(new Map([["1", at(-80, 40)]]), new Map([["1", to]]), 0, () => glides);
    return (ms: number) => motion.at("1", to, ms).lng;
  };
  test("a unit glides for a second and is then exactly where it is", () => {
    const lng = go(at(-79.999, 40));
    expect(lng(500)).toBeCloseTo(-79.9995, 6);
    expect(lng(1000)).toBe(-79.999);
  });
  test("a correction over a kilometre, or a view that shows no motion, goes there at once", () => {
    expect(go(at(-79.9, 40))(1)).toBe(-79.9);
    expect(go(at(-79.999, 40), false)(1)).toBe(-79.999);
  });
});
