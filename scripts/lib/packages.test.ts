import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packagesAreInstalled } from "./packages.mjs";

let root = "";
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "packages-"));
  mkdirSync(path.join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const locked = (file: string, packages: Record<string, object>) =>
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
const wanted = {
  "": {},
  "node_modules/a": { version: "1.0.0" },
  "node_modules/b": { version: "2.0.0", optional: true },
};

test("packages for other platforms may be missing", () => {
  locked("package-lock.json", wanted);
  locked("node_modules/.package-lock.json", { "node_modules/a": { version: "1.0.0" } });
  expect(packagesAreInstalled(root)).toBe(true);
});

test.each([
  ["another version", { "node_modules/a": { version: "1.0.1" } }],
  ["a missing package", {}],
  ["one too many", { "node_modules/a": { version: "1.0.0" }, "node_modules/c": { version: "1.0.0" } }],
])("%s means installing again", (_what, present) => {
  locked("package-lock.json", wanted);
  locked("node_modules/.package-lock.json", present);
  expect(packagesAreInstalled(root)).toBe(false);
});

test("a fresh clone has nothing installed", () => {
  locked("package-lock.json", wanted);
  expect(packagesAreInstalled(root)).toBe(false);
});
