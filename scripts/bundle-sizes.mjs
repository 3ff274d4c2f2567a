import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "./lib/pg-home.mjs";

// `node scripts/bundle-sizes.mjs [BUILD_DIR]`: how much script (gzip) each route loads before anything is clicked, by the
// manifests of a build. Fails when a route is over its limit, or when one but the map's brings the map along.

const LIMIT_KB = 300;
/** Only in the map's own library. */
const MAP_MARK = "maplibregl-canvas";

/**
 * @typedef {object} Route
 * @property {string} route
 * @property {number} kb
 * @property {boolean} hasMap
 */

/**
 * @param {string} next folder of Next's output
 * @returns {Route[]}
 */
export function routesOf(next) {
  const { rootMainFiles } = JSON.parse(fs.readFileSync(path.join(next, "build-manifest.json"), "utf8"));
  const app = path.join(next, "server/app");
  /** @type {Map<string, { kb: number, hasMap: boolean }>} */
  const known = new Map();
  const chunk = (/** @type {string} */ file) => {
    const seen = known.get(file);
    if (seen) return seen;
    const text = fs.readFileSync(path.join(next, file));
    const read = { kb: gzipSync(text).length / 1024, hasMap: text.includes(MAP_MARK) };
    known.set(file, read);
    return read;
  };
  return fs
    .readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("page_client-reference-manifest.js") && !name.startsWith("_"))
    .map((name) => {
      const text = fs.readFileSync(path.join(app, name), "utf8");
      const json = text
        .slice(text.indexOf("] = {") + 4)
        .trim()
        .replace(/;$/, "");
      /** @type {{ entryJSFiles?: Record<string, string[]> }} */
      const { entryJSFiles = {} } = JSON.parse(json);
      const files = [...new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()])].map(chunk);
      const kb = Math.round(files.reduce((sum, file) => sum + file.kb, 0));
      return { route: path.dirname(name), kb, hasMap: files.some((file) => file.hasMap) };
    })
    .sort((a, b) => b.kb - a.kb);
}

/**
 * @param {Route[]} routes
 * @returns {string[]} what is wrong, for a person to read
 */
export function faultsOf(routes) {
  return routes.flatMap(({ route, kb, hasMap }) => [
    ...(hasMap ? [`${route} loads the map with the page: it belongs behind an import of its own`] : []),
    ...(kb > LIMIT_KB ? [`${route} loads ${kb} KB of script, over ${LIMIT_KB}`] : []),
  ]);
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(ROOT, "scripts/bundle-sizes.mjs")) {
  const { ensureBuild } = await import("./lib/build.mjs");
  const build = process.argv[2]
    ? { dir: path.resolve(process.argv[2]), release: async () => {} }
    : await ensureBuild(ROOT);
  const routes = routesOf(path.join(build.dir, "next"));
  console.log("| route | script, KB gzip | map |\n| --- | --- | --- |");
  for (const { route, kb, hasMap } of routes)
    console.log(`| ${route} | ${kb} | ${hasMap ? "with the page" : "apart"} |`);
  const faults = faultsOf(routes);
  for (const fault of faults) console.error(fault);
  console.log(JSON.stringify({ routes, faults }));
  await build.release();
  process.exit(faults.length > 0 ? 1 : 0);
}
