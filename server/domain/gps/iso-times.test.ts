import { expect, test } from "vitest";
import { isoTimes } from "./iso-times";

test("times are written as the platform writes them, in whatever order and era they come", () => {
  const iso = isoTimes();
  const times = [0, 1, 59_999, 60_000, 60_001, -1, -60_000, 1_772_582_400_007, 1_772_582_399_999, 253_402_300_799_999];
  expect(times.map((ms) => iso(ms))).toEqual(times.map((ms) => new Date(ms).toISOString()));
});

test("a time that is none is refused as the platform refuses it", () => {
  expect(() => isoTimes()(Number.NaN)).toThrow(RangeError);
});
