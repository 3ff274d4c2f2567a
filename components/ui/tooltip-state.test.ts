import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forget, leave, pointAt, shownTip, stay, type Tip } from "./tooltip-state";

const tip = (label: string): Tip => ({
  owner: label,
  anchor: {} as Element,
  label,
  shortcut: undefined,
  side: "bottom",
});
const shown = () => shownTip.get()?.label ?? null;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  leave("now");
  // Cold again: neighbours of one that showed a moment ago follow at once.
  vi.advanceTimersByTime(1000);
  vi.useRealTimers();
});

test("the first tooltip waits, its neighbour follows at once, and the focus waits for nothing", () => {
  pointAt(tip("one"), "soon");
  expect(shown()).toBeNull();
  vi.advanceTimersByTime(400);
  expect(shown()).toBe("one");
  leave("soon");
  pointAt(tip("two"), "soon");
  expect(shown()).toBe("two");
  leave("now");
  vi.advanceTimersByTime(1000);
  pointAt(tip("three"), "now");
  expect(shown()).toBe("three");
});

test("a tooltip can be moved onto; leaving both ends it", () => {
  pointAt(tip("one"), "now");
  leave("soon");
  stay();
  vi.advanceTimersByTime(1000);
  expect(shown()).toBe("one");
  leave("soon");
  vi.advanceTimersByTime(100);
  expect(shown()).toBeNull();
});

test("what goes away takes its tooltip along, also one that was about to show; another's stays", () => {
  pointAt(tip("one"), "now");
  forget("two");
  expect(shown()).toBe("one");
  forget("one");
  vi.advanceTimersByTime(1000);
  pointAt(tip("two"), "soon");
  forget("two");
  vi.advanceTimersByTime(1000);
  expect(shown()).toBeNull();
});

test("a pointer that only passes shows nothing", () => {
  pointAt(tip("one"), "soon");
  leave("soon");
  vi.advanceTimersByTime(1000);
  expect(shown()).toBeNull();
});
