import { describe, expect, test } from "vitest";
import { detectJump, isJump, type JumpState, noSightings, type Sighting } from "./detect-jumps";

const at = (second: number, lat: number, lon = -76.6): Sighting => ({
  takenAt: new Date(Date.UTC(2026, 2, 3, 14, 0, second)),
  lat,
  lon,
});
const walk = (fixes: Sighting[], from: JumpState = noSightings) => {
  let state = from;
  return fixes.map((fix) => {
    const judged = detectJump(state, fix);
    state = judged.state;
    return judged.jump;
  });
};

describe("impossible jumps", () => {
  test("under a kilometre nothing is a jump, however fast", () => {
    expect(isJump(at(0, 39.3), at(0, 39.3089))).toBe(false);
    expect(isJump(at(0, 39.3), at(0, 39.3091))).toBe(true);
  });

  test("a fast drive is no jump, 101 m/s over 1 km is", () => {
    expect(isJump(at(0, 39.3), at(20, 39.3 + 1980 / 111_195))).toBe(false);
    expect(isJump(at(0, 39.3), at(20, 39.3 + 2040 / 111_195))).toBe(true);
  });

  test("the first fix of a device is believed", () => {
    expect(walk([at(0, 10)])).toEqual([false]);
  });

  test("one outlier is a jump and what follows at the old place is not", () => {
    expect(walk([at(0, 39.3), at(1, 45), at(2, 39.3001)])).toEqual([false, true, false]);
  });

  test("three consistent fixes move the anchor, the third being believed", () => {
    expect(walk([at(0, 39.3), at(1, 45), at(2, 45.0001), at(3, 45.0002), at(4, 45.0003)])).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  test("three outliers that contradict each other move nothing", () => {
    expect(walk([at(0, 39.3), at(1, 45), at(2, 50), at(3, 55), at(4, 39.3)])).toEqual([false, true, true, true, false]);
  });

  test("the same outlier sent three times does not move the anchor", () => {
    expect(walk([at(0, 39.3), at(1, 45), at(1, 45), at(1, 45), at(1, 45)])).toEqual([false, true, true, true, true]);
  });

  test("a late fix that agrees with one neighbour is believed, and the anchor stays", () => {
    const state: JumpState = { anchor: at(50, 45), run: [] };
    const judged = detectJump(state, at(20, 39.3), { before: at(10, 39.3), after: at(50, 45) });
    expect(judged).toMatchObject({ jump: false, state: { anchor: at(50, 45) } });
  });

  test("a late fix that contradicts both neighbours is a jump", () => {
    const judged = detectJump(noSightings, at(20, 10), { before: at(10, 39.3), after: at(30, 39.3) });
    expect(judged.jump).toBe(true);
  });
});
