import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { takeLease } from "./lease.mjs";
import { run } from "./proc.mjs";

const INPUT_DIRS = ["app", "components", "server", "db", "public", "patches"];
const INPUT_FILES = ["package-lock.json", "tsconfig.json", "scripts/lib/build.mjs"];
const ROOT_SOURCE = /^(?!vitest|playwright|drizzle|next-env).*\.(ts|mjs)$/;
const NOT_BUILT = /(\.i?test\.tsx?$)|(^db\/testing\/)/;
const ENTRIES = {
  web: "server/main/web.ts",
  pages: "server/main/pages.ts",
  worker: "server/main/worker.ts",
  realtime: "server/main/realtime.ts",
  "solver-thread": "server/integrations/solver/solver-thread.ts",
  "check-env": "server/main/check-env.ts",
  migrate: "scripts/db/migrate.ts",
  "ensure-roles": "scripts/db/ensure-roles.ts",
  "agency-create": "scripts/agency-create.ts",
};

/**
 * Fingerprint of everything that a build is made of.
 * @param {string} root
 */
export function inputHash(root) {
  const hash = createHash("sha256").update(process.version);
  const below = INPUT_DIRS.filter((dir) => fs.existsSync(path.join(root, dir))).flatMap((dir) =>
    fs.readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" }).map((name) => path.join(dir, name)),
  );
  const atRoot = fs.readdirSync(root).filter((name) => ROOT_SOURCE.test(name));
  for (const file of [...below, ...atRoot, ...INPUT_FILES, ...Object.values(ENTRIES)]
    .filter((name) => !NOT_BUILT.test(name))
    .sort()) {
    const full = path.join(root, file);
    if (fs.existsSync(full) && fs.statSync(full).isFile())
      hash.update(file).update("\0").update(fs.readFileSync(full)).update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}

/**
 * @typedef {object} Build
 * @property {string} dir with web.mjs, pages.mjs, worker.mjs, realtime.mjs, solver-thread.mjs, migrate.mjs and Next's output in `next`
 * @property {string} note
 * @property {() => Promise<void>} release
 */

/**
 * The build of the sources as they are, made unless it exists. Builds are kept by content, so that one that serves is
 * never overwritten; older ones go when nobody uses them.
 * @param {string} root
 * @returns {Promise<Build>}
 */
export async function ensureBuild(root) {
  const hash = inputHash(root);
  const builds = path.join(root, ".build");
  const dir = path.join(builds, hash);
  fs.mkdirSync(dir, { recursive: true });
  const lease = await takeLease(path.join(dir, "users.lock"), { shared: true });
  try {
    const lock = await takeLease(path.join(dir, "build.lock"));
    try {
      const done = path.join(dir, "complete");
      if (fs.existsSync(done)) return { dir, note: "unchanged sources", release: lease.release };
      await build(root, dir);
      fs.writeFileSync(done, "");
    } finally {
      await lock.release();
    }
    await prune(builds, hash);
    return { dir, note: "built", release: lease.release };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/**
 * @param {string} builds
 * @param {string} current
 */
async function prune(builds, current) {
  for (const name of fs.readdirSync(builds).filter((one) => /^[0-9a-f]{12}$/.test(one) && one !== current)) {
    const unused = await run("flock", ["-n", "-x", path.join(builds, name, "users.lock"), "true"], { mayFail: true });
    if (unused.code === 0) fs.rmSync(path.join(builds, name), { recursive: true, force: true });
  }
}

/**
 * Builds pages and processes for production.
 * @param {string} root
 * @param {string} dir where to, inside the root
 */
export async function build(root, dir) {
  await bundleProcesses(root, dir);
  const env = { ...process.env, NODE_ENV: "production", ...nextEnv(root, dir), NEXT_TELEMETRY_DISABLED: "1" };
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd: root, env });
}

/**
 * Where Next puts its output, and a tsconfig of its own: it adds its folders to the one it is given.
 * @param {string} root
 * @param {string} dir
 */
export function nextEnv(root, dir) {
  const tsconfig = path.join(dir, "tsconfig.json");
  const base = path.relative(dir, path.join(root, "tsconfig.json"));
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(tsconfig, `${JSON.stringify({ extends: base, include: [] })}\n`);
  return {
    NEXT_DIST_DIR: path.join(path.relative(root, dir), "next"),
    NEXT_TSCONFIG: path.relative(root, tsconfig),
  };
}

/**
 * How code of the server becomes one file; packages stay in node_modules.
 * @param {string} root
 * @returns {import("esbuild").BuildOptions & { plugins: import("esbuild").Plugin[] }}
 */
const asOneFile = (root) => ({
  absWorkingDir: root,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  packages: "external",
  conditions: ["react-server"],
  alias: { "@": root },
  // `server-only` throws outside a React server; here everything is one.
  plugins: [{ name: "server-only", setup: emptyModule("server-only") }],
  logLevel: "warning",
});

/** @param {string} root */
const esbuildOf = (root) => import(pathToFileURL(path.join(root, "node_modules/esbuild/lib/main.js")).href);

/**
 * One file per process.
 * @param {string} root
 * @param {string} dir
 */
export async function bundleProcesses(root, dir) {
  const esbuild = await esbuildOf(root);
  const present = Object.entries(ENTRIES).filter(([, file]) => fs.existsSync(path.join(root, file)));
  const dist = JSON.stringify(path.join(path.relative(root, dir), "next"));
  await esbuild.build({
    ...asOneFile(root),
    entryPoints: Object.fromEntries(present),
    outdir: dir,
    banner: { js: `process.env.NEXT_DIST_DIR ??= ${dist};` },
  });
}

/**
 * A benchmark of the server's functions as production runs them: built alike, and not by the loader of the sources, which
 * gives every inner function its name each time it is made.
 * @param {string} root
 * @param {string} entry relative to the root
 * @param {string} file where to
 */
export async function bundleBenchmark(root, entry, file) {
  const esbuild = await esbuildOf(root);
  const options = asOneFile(root);
  await esbuild.build({
    ...options,
    entryPoints: [entry],
    outfile: file,
    // These find the project by where they are.
    plugins: [...options.plugins, { name: "scripts", setup: asTheyAre(root) }],
  });
}

/**
 * @param {string} root
 * @returns {(build: import("esbuild").PluginBuild) => void}
 */
const asTheyAre = (root) => (build) =>
  build.onResolve({ filter: /^@\/scripts\/lib\/.*\.mjs$/ }, ({ path: name }) => ({
    path: pathToFileURL(path.join(root, name.slice(2))).href,
    external: true,
  }));

/**
 * @param {string} name
 * @returns {(build: import("esbuild").PluginBuild) => void}
 */
const emptyModule = (name) => (build) => {
  build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: "empty" }));
  build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
};
