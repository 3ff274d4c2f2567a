import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Locked = { version?: string; optionalDependencies?: Record<string, string> };
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };

/** Whether a package that `from` asks for is locked in its own folder or in one above. */
function isLocked(from: string, name: string): boolean {
  const parents = from.split("/node_modules/").map((_part, i, all) => all.slice(0, i + 1).join("/node_modules/"));
  return ["", ...parents].some((dir) => `${dir ? `${dir}/` : ""}node_modules/${name}` in packages);
}

test("the lock file knows the packages of every platform: without them `npm ci` refuses a fresh clone", () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(from, name)),
  );
  expect(missing).toEqual([]);
});

test("what package.json asks for is what is locked", () => {
  const wanted = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
  for (const [name, version] of Object.entries({ ...wanted.dependencies, ...wanted.devDependencies })) {
    expect(`${name} ${packages[`node_modules/${name}`]?.version}`).toBe(`${name} ${version}`);
  }
});
