import { expect, test } from "vitest";
import * as f from "./format";

const zone = "America/New_York";
const at = new Date("2026-03-04T19:32:08Z");

test("times are the agency's, on a 24-hour clock, on both sides of a change", () => {
  expect(f.formatTime(at, zone)).toBe("14:32");
  expect(f.formatTimeS(at, zone)).toBe("14:32:08");
  expect(f.formatTime(new Date("2026-03-04T05:05:00Z"), zone)).toBe("00:05");
  expect(f.formatTime(new Date("2026-07-04T05:05:00Z"), zone)).toBe("01:05");
  expect(f.formatDay(at, zone)).toBe("Wed 4 Mar");
  expect(f.formatMoment(at, zone)).toBe("Wed 4 Mar 2026, 14:32:08");
  expect(f.formatTimeOrDay(at, new Date("2026-03-05T19:32:08Z"), zone)).toBe("Wed 4 Mar 14:32");
});

test("ages and durations read at a glance and never look like clock time", () => {
  expect([0, 12, 245, 7500, 260_000, -3].map(f.formatAge)).toEqual(["now", "12 s", "4 min", "2 h 05", "3 d", "now"]);
  expect([8, 247, 4320, -90].map(f.formatElapsed)).toEqual(["8s", "4m 07s", "1h 12m", "-1m 30s"]);
  expect([null, 20, 360, 4200].map(f.formatDuration)).toEqual(["–", "< 1 min", "6 min", "1 h 10"]);
});

test("distances follow the agency's unit, and unknown is not zero", () => {
  expect(f.formatDistance(650, "mi")).toBe("0.4 mi");
  expect(f.formatDistance(350, "km")).toBe("350 m");
  expect(f.formatDistance(3210, "km")).toBe("3.2 km");
  expect(f.formatDistance(20_000, "mi")).toBe("12 mi");
  expect(f.formatDistance(null, "km")).toBe("–");
  expect(f.formatSpeed(15.2, "mi")).toBe("34 mph");
});

test("phones are grouped only when they are North American", () => {
  expect(f.formatPhone("+15550101234")).toBe("(555) 010-1234");
  expect(f.formatPhone("+44 20 7946 0000")).toBe("+44 20 7946 0000");
  expect([0, 44, 359, -90].map(f.formatHeading)).toEqual(["N", "NE", "N", "W"]);
});
