import { expect, test } from "vitest";
import { breakReasons, breaksAfter, mergeBreaks, type NewBreak } from "./breaks";

const at = (hour: number, minute = 0) => new Date(Date.UTC(2027, 2, 3, hour, minute));
const shift = { startsAt: at(7), endsAt: at(19) };
const lunch: NewBreak = { from: at(11), to: at(14), minutes: 30, at: "anywhere" };
let ids = 0;
const newId = () => `b${++ids}`;

test("a break lies within its shift and fits into its window", () => {
  expect(breakReasons([lunch], shift)).toEqual([]);
  expect(breakReasons([lunch, { ...lunch, to: at(20) }, { ...lunch, to: at(11, 20) }], shift)).toMatchObject([
    { path: "breaks.1", code: "outside_shift" },
    { path: "breaks.2", code: "too_short" },
  ]);
});

test("a break that stays keeps its id and what is known of it; another one is new", () => {
  const before = mergeBreaks([], [lunch], newId);
  const { breaks } = breaksAfter(before, "begun", at(11, 5));
  const after = mergeBreaks(breaks, [{ ...lunch, from: at(15), to: at(16) }, lunch], newId);
  expect(after.map(({ id, takenAt }) => [id === before[0]?.id, takenAt])).toEqual([
    [true, at(11, 5).toISOString()],
    [false, null],
  ]);
});

test("the break that is meant is the nearest not yet taken; one that nobody planned changes nothing", () => {
  const both = mergeBreaks([], [lunch, { ...lunch, from: at(15), to: at(16) }], newId);
  expect(breaksAfter(both, "begun", at(8)).breakId).toBeNull();
  const begun = breaksAfter(both, "begun", at(10, 50));
  expect(begun.breakId).toBe(both[0]?.id);
  const back = breaksAfter(begun.breaks, "ended", at(11, 20));
  expect(back.breaks[0]).toMatchObject({ takenAt: at(10, 50).toISOString(), endedAt: at(11, 20).toISOString() });
  expect(breaksAfter(back.breaks, "begun", at(14, 45)).breakId).toBe(both[1]?.id);
});
