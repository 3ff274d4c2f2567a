import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followServerClock, nowMs } from "./clock";

const HERE = Date.parse("2027-03-03T15:00:00Z");
const server = (aheadMs: number) => followServerClock(new Date(HERE + aheadMs), HERE);

beforeEach(() => {
  vi.useFakeTimers({ now: HERE });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a wrong clock on a workstation is made up for, and the time an answer takes is not", () => {
  expect(nowMs()).toBe(HERE);
  server(-1_500);
  expect(nowMs()).toBe(HERE);
  server(240_000);
  expect(nowMs()).toBe(HERE + 240_000);
  server(239_000);
  expect(nowMs()).toBe(HERE + 240_000);
  server(100);
  expect(nowMs()).toBe(HERE);
});
