import { describe, expect, test } from "vitest";
import { accountWaitS, MAX_FAILURES, networkWaitS } from "./sign-in-throttle";

const now = new Date("2030-05-01T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
/** Newest first, a second apart, the newest just now. */
const failures = (count: number) => Array.from({ length: count }, (_, i) => ago(i));

describe("failures on one e-mail", () => {
  test("a few cost nothing, then each one doubles the wait", () => {
    expect([0, 1, 4].map((count) => accountWaitS(failures(count), now))).toEqual([0, 0, 0]);
    expect([5, 6, 7, 8].map((count) => accountWaitS(failures(count), now))).toEqual([1, 2, 4, 8]);
  });
  test("after the ninth nobody gets in until the oldest of them is 15 min old", () => {
    expect(accountWaitS(failures(MAX_FAILURES), now)).toBe(15 * 60 - 8);
    expect(accountWaitS(failures(40), now)).toBe(15 * 60 - 8);
  });
  test("older than 15 min they count no more", () => {
    expect(
      accountWaitS(
        Array.from({ length: 20 }, () => ago(15 * 60)),
        now,
      ),
    ).toBe(0);
  });
  test("a known device waits seconds at most", () => {
    expect(accountWaitS(failures(40), now, true)).toBe(16);
  });
});

test("a network is refused from its sixtieth failure in a minute on", () => {
  const spread = Array.from({ length: 60 }, (_, i) => ago(i * 0.5));
  expect(networkWaitS(spread.slice(0, 59), now)).toBe(0);
  expect(networkWaitS(spread, now)).toBe(30.5);
});
