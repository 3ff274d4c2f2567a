import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each(["/board", "/trips/1?pane=events", "/"])("%j is a path of ours", (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  undefined,
  "",
  "board",
  "https://elsewhere.test/",
  "//elsewhere.test",
  "/\\elsewhere.test",
  "/\t/elsewhere.test",
  "/\n\\elsewhere.test",
  "/.//elsewhere.test",
  "javascript:alert(1)",
])("%j leads home", (path) => {
  expect(ownPath(path)).toBe("/");
});
