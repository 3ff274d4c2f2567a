import path from "node:path";
import { build } from "./lib/build.mjs";
import { applyPatches } from "./lib/packages.mjs";
import { ROOT } from "./lib/pg-home.mjs";
import { step } from "./lib/steps.mjs";

// `npm run build`: the production build that `npm start` serves.
try {
  await step("patches", () => applyPatches(ROOT));
  await step("build", () => build(ROOT, path.join(ROOT, ".build")));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
