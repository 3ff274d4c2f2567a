import { expect, test } from "vitest";
import { keysForEyes, matchesKeys } from "./keys";

const press = (key: string, mods: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...mods,
});

test("a letter is that letter without modifiers, Shift being part of the character", () => {
  expect(matchesKeys(press("n"), "n")).toBe(true);
  expect(matchesKeys(press("N"), "n")).toBe(true);
  expect(matchesKeys(press("?"), "?")).toBe(true);
  expect(matchesKeys(press("n", { ctrlKey: true }), "n")).toBe(false);
  expect(matchesKeys(press("n", { altKey: true }), "n")).toBe(false);
});

test("mod is Ctrl or Cmd", () => {
  expect(matchesKeys(press("k", { ctrlKey: true }), "mod+k")).toBe(true);
  expect(matchesKeys(press("k", { metaKey: true }), "mod+k")).toBe(true);
  expect(matchesKeys(press("k"), "mod+k")).toBe(false);
});

test("keys are shown as they stand on the keyboard", () => {
  expect(["mod+k", "n", "mod+enter", "?"].map(keysForEyes)).toEqual(["Ctrl K", "N", "Ctrl Enter", "?"]);
});
