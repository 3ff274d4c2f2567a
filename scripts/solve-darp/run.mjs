import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "../lib/pg-home.mjs";

// `npm run solve:darp -- FILE ...`: bundles the solver (some ten milliseconds) and runs it in this process.
const outfile = path.join(ROOT, ".build/solve-darp", `${process.pid}.mjs`);
process.once("exit", () => rmSync(outfile, { force: true }));
mkdirSync(path.dirname(outfile), { recursive: true });
await build({
  entryPoints: [path.join(ROOT, "scripts/solve-darp/main.ts")],
  outfile,
  bundle: true,
  logLevel: "error",
  platform: "node",
  format: "esm",
  target: "node20",
  alias: { "@": ROOT },
  packages: "external",
  sourcemap: "inline",
});
await import(pathToFileURL(outfile).href);
