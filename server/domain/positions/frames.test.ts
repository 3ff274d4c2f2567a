import { expect, test } from "vitest";
import { cellOf, FrameBoard, type LiveUnit, splitFrame, toRow } from "./frames";

const T = 1_760_000_000_000;
const aUnit = (over: Partial<LiveUnit> = {}): LiveUnit => ({
  vehicleNo: "101",
  lat: 39.2904,
  lon: -76.6122,
  headingDeg: 90,
  speedMps: 8.9,
  takenAtMs: T,
  ...over,
});
const far = { lat: 39.6, lon: -76.9 };

test("a row holds 1e-5 degrees, decimetres a second and the age; unknowns are -1", () => {
  expect(toRow(aUnit(), T + 3400)).toEqual(["101", -7_661_220, 3_929_040, 90, 89, 3]);
  expect(toRow(aUnit({ headingDeg: null, speedMps: null }), T - 5000)).toEqual([
    "101",
    -7_661_220,
    3_929_040,
    -1,
    -1,
    0,
  ]);
  expect(toRow(aUnit({ headingDeg: 359.7 }), T)[3]).toBe(0);
});

test("a small agency has one cell, a metro H3 cells of resolution 6", () => {
  expect(cellOf(aUnit(), true)).toBe("all");
  expect(cellOf(aUnit(), false)).toMatch(/^86[0-9a-f]{13}$/);
});

test("the first change goes at once, the next ones of that second as one, the last value winning", () => {
  const board = new FrameBoard(true);
  board.apply([aUnit()]);
  expect(board.takeDue(T)).toMatchObject([
    { cell: "all", parts: [{ v: [["101", -7_661_220, 3_929_040, 90, 89, 0]], gone: [] }] },
  ]);
  board.apply([aUnit({ takenAtMs: T + 100, lat: 39.3 })]);
  board.apply([aUnit({ takenAtMs: T + 200, lat: 39.4 })]);
  expect(board.takeDue(T + 999)).toEqual([]);
  expect(board.nextDueMs()).toBe(T + 1000);
  expect(board.takeDue(T + 1000).map(({ parts }) => parts[0]?.v.map((row) => row[2]))).toEqual([[3_940_000]]);
  expect(board.nextDueMs()).toBe(null);
  expect(board.takeDue(T + 5000)).toEqual([]);
});

test("a fix that is not newer than the known one is not sent", () => {
  const board = new FrameBoard(true);
  board.apply([aUnit()]);
  board.takeDue(T);
  board.apply([aUnit({ lat: 1 }), aUnit({ lat: 1, takenAtMs: T - 1 })]);
  expect(board.nextDueMs()).toBe(null);
});

test("a unit that leaves a cell is gone there and new in the other one", () => {
  const board = new FrameBoard(false);
  board.apply([aUnit()]);
  board.takeDue(T);
  board.apply([aUnit({ ...far, takenAtMs: T + 1 })]);
  const due = board.takeDue(T + 1000);
  const byCell = Object.fromEntries(due.map(({ cell, parts }) => [cell, parts]));
  expect(byCell[cellOf(aUnit(), false)]).toEqual([{ v: [], gone: ["101"] }]);
  expect(byCell[cellOf(far, false)]).toMatchObject([{ v: [["101", -7_690_000, 3_960_000, 90, 89, 1]], gone: [] }]);
});

test("a unit that comes back within the second is not gone", () => {
  const board = new FrameBoard(false);
  board.apply([aUnit()]);
  board.takeDue(T);
  board.apply([aUnit({ ...far, takenAtMs: T + 1 })]);
  board.apply([aUnit({ takenAtMs: T + 2 })]);
  const home = board.takeDue(T + 1000).find(({ cell }) => cell === cellOf(aUnit(), false));
  expect(home?.parts).toMatchObject([{ v: [["101", -7_661_220, 3_929_040, 90, 89, 1]], gone: [] }]);
});

test("another cell does not wait for a busy one", () => {
  const board = new FrameBoard(false);
  board.apply([aUnit()]);
  board.takeDue(T);
  board.apply([aUnit({ takenAtMs: T + 1 }), aUnit({ vehicleNo: "102", ...far })]);
  expect(board.takeDue(T + 2).map(({ cell }) => cell)).toEqual([cellOf(far, false)]);
});

test("what a new publisher loads is told to nobody, but a departure from it is", () => {
  const board = new FrameBoard(false);
  board.load([aUnit()]);
  expect(board.nextDueMs()).toBe(null);
  board.apply([aUnit({ ...far, takenAtMs: T + 1 })]);
  expect(board.takeDue(T + 1)).toHaveLength(2);
});

test("events stay under 10 KB and hold every row once, also with wide characters", () => {
  const rows = Array.from({ length: 2000 }, (_, i) => toRow(aUnit({ vehicleNo: `Ü-${i}` }), T));
  const gone = Array.from({ length: 500 }, (_, i) => `g${i}`);
  const parts = splitFrame(rows, gone);
  expect(parts.flatMap(({ v }) => v)).toEqual(rows);
  expect(parts.flatMap((part) => part.gone)).toEqual(gone);
  for (const part of parts) {
    const json = JSON.stringify({ seq: Number.MAX_SAFE_INTEGER, t: T, ...part });
    expect(new TextEncoder().encode(json).length).toBeLessThanOrEqual(10_240);
  }
});

test("nothing to say is one empty event", () => {
  expect(splitFrame([], [])).toEqual([{ v: [], gone: [] }]);
});
