import { describe, expect, test } from "vitest";
import { BEAK_CELL } from "./mark-images";
import { markAt, NUMBERS, placeMarks } from "./mark-places";
import { mercatorX, mercatorY } from "./mercator";
import { speakingUnits } from "./speaking-units";
import type { UnitFeature } from "./to-feature-collection";

const feature = (id: string, lng: number, changes: Partial<UnitFeature["properties"]> = {}): UnitFeature => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [lng, 40] },
  properties: {
    id,
    kind: "unit",
    icon: "unit:available",
    turn: 0,
    beak: 0,
    beaked: false,
    label: id,
    late: "",
    risky: false,
    rank: 3,
    top: false,
    selected: false,
    ...changes,
  },
});
const cells = new Map([["unit:available", 5]]);
const idsOf = (features: readonly UnitFeature[]) => features.map(({ properties }) => properties.id);

describe("marks", () => {
  const free = feature("free", -80, { rank: 2, beaked: true, beak: 90 });
  const selected = feature("selected", -80, { rank: 0, turn: 45 });
  const busy = feature("busy", -79.9, { beaked: true });
  const cluster = feature("cluster", -79.8, { kind: "cluster" });
  const marks = placeMarks([selected, free, cluster, busy], cells);
  const from = ({ geometry }: UnitFeature) => ({
    x: mercatorX(geometry.coordinates[0] ?? 0) - marks.origin.x,
    y: mercatorY(geometry.coordinates[1] ?? 0) - marks.origin.y,
  });

  test("lie above all beaks, the more pressing on top; a cluster has none", () => {
    expect(marks.beaks).toBe(2);
    expect(marks.ids).toEqual(["busy", "free", "selected"]);
    const looks = Array.from({ length: 5 }, (_, n) =>
      Array.from(marks.places.subarray(n * NUMBERS + 2, (n + 1) * NUMBERS)),
    );
    expect(looks).toEqual([
      [BEAK_CELL, 90],
      [BEAK_CELL, 0],
      [5, 0],
      [5, 0],
      [5, 45],
    ]);
  });

  test("are found where they lie, the topmost first, and nowhere else", () => {
    expect(markAt(marks, from(free), 1e-6)).toBe("selected");
    expect(markAt(marks, from(busy), 1e-6)).toBe("busy");
    expect(markAt(marks, from(cluster), 1e-6)).toBeNull();
  });
});

describe("labels are tried", () => {
  const crowd = Array.from({ length: 1000 }, (_, n) => feature(String(n), -80 + (n % 2) * 0.1));

  test("for every unit of a small fleet, far out for none that is not pressing", () => {
    expect(speakingUnits(crowd.slice(0, 100), 12)).toHaveLength(100);
    expect(idsOf(speakingUnits([feature("a", -80), feature("b", -80, { top: true })], 9))).toEqual(["b"]);
  });

  test("in a crowd for the most pressing of each place, and for all that are pressing", () => {
    const some = [
      ...crowd,
      feature("free", -80, { rank: 2 }),
      feature("cluster", -80, { kind: "cluster" }),
      feature("emergency", -80, { rank: 1, top: true }),
    ];
    expect(idsOf(speakingUnits(some, 12)).toSorted()).toEqual(["1", "cluster", "emergency", "free"]);
  });
});
