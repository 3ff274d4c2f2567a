// Started by `run.sh`: bundles the solver (some ten milliseconds) and runs it in this process.
// Whoever ends it early gets a line too: so it listens before anything else is even loaded.
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop.abort());

const { mkdirSync, rmSync } = await import("node:fs");
const { default: path } = await import("node:path");
const { pathToFileURL } = await import("node:url");
const { build } = await import("esbuild");
const { ROOT } = await import("../lib/pg-home.mjs");

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
const { solveDarp } = await import(pathToFileURL(outfile).href);
await solveDarp(stop.signal);
