import { expect, test } from "vitest";
import { boardPeriod } from "./board-period";

const CHICAGO = "America/Chicago";
const periodAt = (now: string) => {
  const { from, to } = boardPeriod(new Date(now), CHICAGO);
  return { from: from.toISOString(), to: to.toISOString() };
};

test("in the morning the board is the agency's day", () => {
  expect(periodAt("2026-12-01T15:00:00Z")).toEqual({
    from: "2026-12-01T06:00:00.000Z",
    to: "2026-12-02T06:00:00.000Z",
  });
});

test("late in the evening it reaches twelve hours ahead, over midnight", () => {
  expect(periodAt("2026-12-02T05:50:00Z")).toEqual({
    from: "2026-12-01T06:00:00.000Z",
    to: "2026-12-02T17:50:00.000Z",
  });
});

test("soon after midnight it holds what the last six hours closed", () => {
  expect(periodAt("2026-12-02T06:10:00Z")).toEqual({
    from: "2026-12-02T00:10:00.000Z",
    to: "2026-12-03T06:00:00.000Z",
  });
});

test("the days on which the clocks change are whole on it", () => {
  expect(periodAt("2026-03-08T13:00:00Z")).toEqual({
    from: "2026-03-08T06:00:00.000Z",
    to: "2026-03-09T05:00:00.000Z",
  });
  expect(periodAt("2026-11-01T13:00:00Z")).toEqual({
    from: "2026-11-01T05:00:00.000Z",
    to: "2026-11-02T06:00:00.000Z",
  });
});
