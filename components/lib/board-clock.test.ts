import { expect, test } from "vitest";
import { untilReadAgainMs } from "./board-clock";

const agencyId = "0197c9a0-0000-7000-8000-0000000004d2";
const START_MS = Date.UTC(2026, 2, 4, 12);

/** When a board that is open from `openedMs` on is read, for two minutes. */
function readings(openedMs: number, id = agencyId): number[] {
  const all: number[] = [];
  let readMs = openedMs;
  let nowMs = openedMs;
  while (nowMs < START_MS + 120_000) {
    nowMs += untilReadAgainMs({ nowMs, ageMs: nowMs - readMs, agencyId: id });
    readMs = nowMs;
    all.push(nowMs);
  }
  return all;
}

const opened = Array.from({ length: 30 }, (_, n) => START_MS + n * 1_033);

test("consoles of an agency that were opened at different moments read at the same two moments of a half minute", () => {
  const moments = new Set(opened.flatMap((at) => readings(at).map((ms) => ms % 30_000)));
  expect(moments.size).toBe(2);
});
test("a board is read again after 16 seconds at least and 31 at most, and then every half minute", () => {
  for (const at of opened) {
    const [first = 0, ...others] = readings(at);
    expect(first - at).toBeGreaterThanOrEqual(16_000);
    expect(first - at).toBeLessThan(31_001);
    expect(new Set(others.map((ms, n) => ms - (others[n - 1] ?? first)))).toEqual(new Set([30_000]));
  }
});
test("agencies have moments of their own", () => {
  const [one] = readings(START_MS);
  const [other] = readings(START_MS, "0197c9a0-0000-7000-8000-0000000010e1");
  expect(one).not.toBe(other);
});
test("a board that was never read is asked for at the next mark", () => {
  expect(untilReadAgainMs({ nowMs: START_MS, ageMs: Number.POSITIVE_INFINITY, agencyId })).toBeLessThanOrEqual(15_000);
});
