import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundleProcesses, ensureBuild, nextEnv } from "./lib/build.mjs";
import { Services } from "./lib/children.mjs";
import { Cleanup } from "./lib/cleanup.mjs";
import { ensureCounty } from "./lib/county.mjs";
import { ensureDatabase } from "./lib/database.mjs";
import { Interrupted, onInterrupt } from "./lib/interrupt.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ROOT } from "./lib/pg-home.mjs";
import { portIsFree } from "./lib/ports.mjs";
import { killRunning, run } from "./lib/proc.mjs";
import { ensureSecrets } from "./lib/secrets.mjs";
import { demoPassword, isLoopback, seedDemo } from "./lib/seed.mjs";
import { serviceEnv, startServices, startSimulator } from "./lib/stack.mjs";
import { elapsed, say, step } from "./lib/steps.mjs";

// `npm run demo`: everything from a clone to a running console. `--dev` serves the pages from source instead of a build.
const { values: flags } = parseArgs({ options: { dev: { type: "boolean", default: false } } });
const host = process.env.HOST || "127.0.0.1";
const port = Number(process.env.PORT || 3000);
const DEV_BUILD = path.join(ROOT, ".build/dev");
const dataDir = path.resolve(process.env.RUNBOARD_DATA || path.join(ROOT, ".data"));
const { interrupted, isInterrupted } = onInterrupt();
const cleanup = new Cleanup();

/** Starts everything and stays until interrupted or until a service cannot be kept up. */
async function demo() {
  if (!(await portIsFree(port, host)))
    throw new Error(`port ${port} on ${host} is in use: choose another one with PORT=…`);
  fs.mkdirSync(dataDir, { recursive: true });
  await step("packages", () => ensurePackages(ROOT));
  const secrets = await ensureSecrets(dataDir);
  const database = await step("database", () => ensureDatabase({ dataDir, secrets }));
  cleanup.add("database", database.release);

  const env = await serviceEnv(
    { dataDir, host, port, secrets, database: database.urls },
    { mode: flags.dev ? "development" : "production", caller: process.env },
  );
  const password = process.env.DEMO_PASSWORD ?? demoPassword(host, dataDir);
  if (flags.dev) Object.assign(env, nextEnv(ROOT, DEV_BUILD));
  const [buildDir] = await allOrNone([buildProcesses(), fillDatabase(env, database.urls.owner, password)]);

  const hopeless = new Promise((_resolve, reject) => {
    const services = new Services(path.join(dataDir, "logs"), reject);
    cleanup.add("services", () => services.stop());
    startAll(services, { env, buildDir, password }).catch(reject);
  });
  await Promise.race([hopeless, interrupted]);
}

/** @returns {Promise<string>} the folder of the built processes */
async function buildProcesses() {
  if (flags.dev) {
    await step("bundle", () => bundleProcesses(ROOT, DEV_BUILD));
    return DEV_BUILD;
  }
  const build = await step("build", () => ensureBuild(ROOT));
  cleanup.add("build", build.release);
  return build.dir;
}

/**
 * @param {import("./lib/stack.mjs").Env} env
 * @param {string} ownerUrl
 * @param {string} password
 */
async function fillDatabase(env, ownerUrl, password) {
  const migrate = ["--import", "tsx", "scripts/db/migrate.ts"];
  await step("migrations", () =>
    run(process.execPath, migrate, { cwd: ROOT, env: { ...env, DATABASE_OWNER_URL: ownerUrl } }),
  );
  await step("county", () => ensureCounty(dataDir));
  await step("demo data", () => seedDemo(env, { ownerUrl, password }));
}

/**
 * Runs two strands at once; when one fails the other is stopped and waited for.
 * @template A, B
 * @param {[Promise<A>, Promise<B>]} strands
 * @returns {Promise<[A, B]>}
 */
async function allOrNone(strands) {
  for (const strand of strands) strand.catch(() => killRunning());
  await Promise.allSettled(strands);
  return Promise.all(strands);
}

/**
 * @param {Services} services
 * @param {{ env: import("./lib/stack.mjs").Env, buildDir: string, password: string }} what
 */
async function startAll(services, { env, buildDir, password }) {
  await step("realtime, web, worker", () => startServices(services, buildDir, env));
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  if (process.env.RUNBOARD_SIMULATE !== "0") {
    // Calls keep coming, so that the board stays alive; one crew's buttons are left to whoever tries the phone page.
    const args = ["--url", `http://${shown}:${port}`, "--admin-email", "admin@demo.test", "--calls", "20"];
    args.push("--hands-off", "crew1@demo.test");
    startSimulator(services, {
      args,
      env: { ...process.env, RUNBOARD_DATA: dataDir, RUNBOARD_ADMIN_PASSWORD: password },
    });
  }
  say(`
Runboard is running after ${elapsed()}: http://${isLoopback(host) ? "localhost" : shown}:${port}

  admin@demo.test  dispatcher@demo.test  billing@demo.test  clinical@demo.test  crew1@demo.test … crew20@demo.test
  admin@other.test  dispatcher@other.test   (a second agency)
  password of all: ${password}
  the phone page is /drive: sign in there as crew1@demo.test

  data ${dataDir}, logs ${path.join(dataDir, "logs")}; Ctrl-C stops everything`);
}

const running = demo();
try {
  await Promise.race([running, interrupted]);
} catch (error) {
  if (!(error instanceof Interrupted || isInterrupted())) {
    process.exitCode = 1;
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  }
}
if (isInterrupted()) say("\nstopping");
await cleanup.settle(running);
process.exit(process.exitCode ?? 0);
