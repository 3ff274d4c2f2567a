import { expect, test } from "vitest";
import { bestKnown } from "./darp-library";

test("best known costs are read from a list in prose", () => {
  const known = bestKnown("Best known (2006)\na2-16 294.25 · a12-144hetIUY 1592.23\npr01 190.02 · pr02 301.34\n");
  expect([...known]).toEqual([
    ["a2-16", 294.25],
    ["a12-144hetIUY", 1592.23],
    ["pr01", 190.02],
    ["pr02", 301.34],
  ]);
});
