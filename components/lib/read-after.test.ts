import { expect, test } from "vitest";
import { ReadAfter } from "./read-after";

function aTab() {
  let nowMs = 1_000_000;
  const tab = new ReadAfter(() => nowMs);
  return { tab, after: (ms: number) => (nowMs += ms) };
}

test("a tab that was told nothing asks for nothing", () => {
  expect(aTab().tab.headers()).toEqual({});
});

test("it asks for the latest position it was told of, in whatever order it heard", () => {
  const { tab } = aTab();
  for (const position of ["9/10", "A/1", "9/FFFF", undefined, 7, "junk"]) tab.note(position);
  expect(tab.headers()).toEqual({ "x-read-after": "A/1" });
});

test("after a gap it reads at the primary until every replica that serves has seen what was missed", () => {
  const { tab, after } = aTab();
  tab.note("1/1");
  tab.askLatest();
  expect(tab.headers()).toEqual({ "x-read-after": "latest" });
  after(2_500);
  expect(tab.headers()).toEqual({ "x-read-after": "latest" });
  after(600);
  expect(tab.headers()).toEqual({ "x-read-after": "1/1" });
});

test("a change whose position the server could not tell counts as a gap", () => {
  const { tab } = aTab();
  tab.note("latest");
  expect(tab.headers()).toEqual({ "x-read-after": "latest" });
});
