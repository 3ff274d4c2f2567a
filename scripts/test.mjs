import fs from "node:fs";
import path from "node:path";
import { faultsOf, routesOf } from "./bundle-sizes.mjs";
import { ensureBuild } from "./lib/build.mjs";
import { Services } from "./lib/children.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { NoChroot } from "./lib/chroot.mjs";
import { Cleanup } from "./lib/cleanup.mjs";
import { ensureCounty } from "./lib/county.mjs";
import { privateDatabase } from "./lib/database.mjs";
import { checkImage } from "./lib/image-check.mjs";
import { onInterrupt } from "./lib/interrupt.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ROOT } from "./lib/pg-home.mjs";
import { freePort } from "./lib/ports.mjs";
import { ensureCluster } from "./lib/postgres.mjs";
import { run } from "./lib/proc.mjs";
import { scratchDir } from "./lib/scratch.mjs";
import { ensureSecrets } from "./lib/secrets.mjs";
import { DEMO_PASSWORD, seedDemo } from "./lib/seed.mjs";
import { runScript, serviceEnv, startServices } from "./lib/stack.mjs";
import { elapsed, say, step } from "./lib/steps.mjs";
import { lastLine, playwrightCounts, total, vitestCounts } from "./lib/test-report.mjs";

// `npm test [-- unit|integration|faults|e2e [filter…]]`: prepares what the tests need, runs them, ends with a plain count.
const [suite = "all", ...filters] = process.argv.slice(2);
const local = path.join(ROOT, ".data");
const { interrupted, isInterrupted } = onInterrupt();
const cleanup = new Cleanup();
/** @type {import("./lib/test-report.mjs").Counts[]} */
const counts = [];

/** What a child may know of our environment: nothing that would steer the product under test. */
const plainEnv = Object.fromEntries(
  ["PATH", "HOME", "LANG", "TZ", "CI", "TMPDIR", "RUNBOARD_SHARED"].map((name) => [name, process.env[name]]),
);

async function test() {
  if (!["all", "unit", "integration", "faults", "e2e"].includes(suite))
    throw new Error(`no such suite: ${suite} (unit, integration, faults, e2e)`);
  await step("packages", () => ensurePackages(ROOT));
  const scratch = await scratchDir(local, "test-run-");
  cleanup.add("scratch folder", scratch.remove);
  if (suite === "all") await orCount("verify", () => run("npm", ["run", "--silent", "verify"], { cwd: ROOT }));
  if (["all", "unit", "integration"].includes(suite)) {
    const projects = suite === "all" ? ["unit", "integration"] : [suite];
    await orCount("unit and integration tests", () => vitest(scratch.dir, projects));
  }
  if (suite === "all" || suite === "faults") await orCount("fault tests", () => faultTests(scratch.dir));
  if (suite === "all" || suite === "e2e") await orCount("browser tests", () => browserTests(scratch.dir));
  if (suite === "all" && process.env.CI) await orCount("container image", imageTest);
}

/**
 * A step that fails counts as one failure, and the others still run.
 * @param {string} name
 * @param {() => Promise<unknown>} work
 */
async function orCount(name, work) {
  try {
    await step(name, work);
  } catch (error) {
    if (isInterrupted()) throw error;
    counts.push({ passed: 0, failed: 1, skipped: 0 });
    say(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Real processes, killed and starved in turn; the project's own setup builds and starts what they need.
 * @param {string} dir
 */
async function faultTests(dir) {
  const chromium = await step("Chromium", ensureChromium);
  await step("production build", async () => (await ensureBuild(ROOT)).release());
  await vitest(dir, ["faults"], { RUNBOARD_CHROMIUM: chromium.executable });
}

/**
 * @param {string} dir
 * @param {string[]} projects
 * @param {Record<string, string>} [env]
 */
async function vitest(dir, projects, env = {}) {
  if (projects.includes("integration")) await step("PostGIS", postgis);
  const report = path.join(dir, `vitest-${projects.join("-")}.json`);
  const args = [
    "run",
    ...projects.map((name) => `--project=${name}`),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { code } = await run(process.execPath, ["node_modules/vitest/vitest.mjs", ...args, ...filters], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "test", ...env },
    inherit: true,
    mayFail: true,
  });
  take(fs.existsSync(report) ? vitestCounts(report) : undefined, code);
}

/** Starts the cluster that the integration tests share, so that its time shows by itself. */
async function postgis() {
  const cluster = await ensureCluster({
    dataDir: process.env.RUNBOARD_TEST_DATA ?? path.join(local, "test-pg"),
    durable: false,
    passwords: { owner: "owner-of-a-test", app: "app-of-a-test" },
  });
  cleanup.add("test cluster", cluster.release);
  return { note: cluster.version };
}

/**
 * @param {import("./lib/test-report.mjs").Counts | undefined} found
 * @param {number} code a runner that failed without a failed test counts as one failure
 */
function take(found, code) {
  if (found) counts.push(found);
  if (code !== 0 && !found?.failed) counts.push({ passed: 0, failed: 1, skipped: 0 });
}

/** @param {string} dir */
async function browserTests(dir) {
  const chromium = await step("Chromium", ensureChromium);
  const build = await step("production build", () => ensureBuild(ROOT));
  cleanup.add("build", build.release);
  await orCount("size of the pages", () => checkSizes(build.dir));
  const url = await startProduct(dir, build.dir);
  const report = path.join(dir, "playwright.json");
  const { code } = await run(
    process.execPath,
    ["node_modules/@playwright/test/cli.js", "test", ...(suite === "e2e" ? filters : [])],
    {
      cwd: ROOT,
      env: { ...process.env, ...url, RUNBOARD_CHROMIUM: chromium.executable, E2E_REPORT: report },
      inherit: true,
      mayFail: true,
    },
  );
  take(fs.existsSync(report) ? playwrightCounts(report) : undefined, code);
}

/**
 * Counts as one test: no page loads more script than it may, and none the map that does not show it.
 * @param {string} buildDir
 */
async function checkSizes(buildDir) {
  const faults = faultsOf(routesOf(path.join(buildDir, "next")));
  if (faults.length > 0) throw new Error(faults.join("\n"));
  counts.push({ passed: 1, failed: 0, skipped: 0 });
}

/** Counts as one test: the image's steps run in a clean Debian and the result starts. */
async function imageTest() {
  const scratch = await scratchDir(local, "image-check-");
  cleanup.add("image folder", scratch.remove);
  try {
    await checkImage(scratch.dir);
    counts.push({ passed: 1, failed: 0, skipped: 0 });
  } catch (error) {
    if (!(error instanceof NoChroot)) throw error;
    counts.push({ passed: 0, failed: 0, skipped: 1 });
    say(`the image's steps were not tried: ${error.message}`);
  }
}

/**
 * The production build on a fresh, seeded database, on ports of its own.
 * @param {string} dataDir
 * @param {string} buildDir
 */
async function startProduct(dataDir, buildDir) {
  const secrets = await ensureSecrets(dataDir);
  const database = await step("database", () => privateDatabase({ dataDir, secrets, durable: false }));
  cleanup.add("browser test database", database.release);
  const config = { dataDir, host: "127.0.0.1", port: await freePort(), secrets, database: database.urls };
  const env = await serviceEnv(config, { mode: "production", caller: plainEnv });
  const ownerUrl = database.urls.owner;
  await step("migrations", () => runScript("scripts/db/migrate.ts", [], { ...env, DATABASE_OWNER_URL: ownerUrl }));
  await step("county", () => ensureCounty(local));
  fs.symlinkSync(path.join(local, "county"), path.join(dataDir, "county"));
  await step("demo data", () => seedDemo(env, { ownerUrl, password: DEMO_PASSWORD }));
  const services = new Services(path.join(dataDir, "logs"), (error) => say(error.message));
  cleanup.add("services", () => services.stop());
  await step("realtime, web, worker", () => startServices(services, buildDir, env));
  return {
    E2E_BASE_URL: `http://127.0.0.1:${config.port}`,
    E2E_DATABASE_OWNER_URL: ownerUrl,
    E2E_DATA: dataDir,
    E2E_PASSWORD: DEMO_PASSWORD,
  };
}

const running = test();
try {
  await Promise.race([running, interrupted]);
} catch (error) {
  counts.push({ passed: 0, failed: 1, skipped: 0 });
  say(isInterrupted() ? "\ninterrupted" : `\n${error instanceof Error ? error.message : String(error)}`);
}
await cleanup.settle(running);
const sum = total(counts);
if (sum.passed + sum.failed === 0) say("no test ran");
say(`took ${elapsed()}`);
say(lastLine(sum));
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
