import net from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./pg-home.mjs";
import { answers, freePort, waitUntil } from "./ports.mjs";
import { run } from "./proc.mjs";

/**
 * @typedef {object} StackConfig
 * @property {string} dataDir absolute
 * @property {string} host
 * @property {number} port of the console
 * @property {import("./secrets.mjs").Secrets} secrets
 * @property {DatabaseUrls} database
 */

/**
 * @typedef {object} DatabaseUrls
 * @property {string} app
 * @property {string} owner
 * @property {string} direct
 */

/** @typedef {Record<string, string | undefined>} Env */

/**
 * The environment of the services; what the caller has set itself wins over generated secrets.
 * @param {StackConfig} config
 * @param {{ mode: "production" | "development", caller: Env }} options
 * @returns {Promise<Env>}
 */
export async function serviceEnv({ dataDir, host, port, secrets, database }, { mode, caller }) {
  const { DB_OWNER_PASSWORD: _owner, DB_APP_PASSWORD: _app, ...generated } = secrets;
  const { DATABASE_OWNER_URL: _ownerUrl, ...given } = caller;
  return {
    REALTIME_PORT: String(await freePort()),
    ...generated,
    ...given,
    NODE_ENV: mode,
    HOST: host,
    PORT: String(port),
    RUNBOARD_DATA: dataDir,
    DATABASE_URL: database.app,
    DATABASE_DIRECT_URL: database.direct,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Runs a TypeScript file of ours to its end, as a server module.
 * @param {string} file
 * @param {string[]} args
 * @param {Env} env
 * @param {import("./proc.mjs").RunOptions} [options]
 */
export const runScript = (file, args, env, options = {}) =>
  run(process.execPath, ["--conditions=react-server", "--import", "tsx", file, ...args], {
    cwd: ROOT,
    env,
    ...options,
  });

/**
 * How Node runs a process. The web process lives of short-lived objects: with Node's own 16 MB for them a fifth of its
 * time went into collecting. With a bound the collector is in less of a hurry to grow: a large machine's own bound is
 * gigabytes, and what was dropped lay about for hundreds of MB. No source maps: those of all packages took 50 MB, and a
 * build keeps its names.
 * @param {string} name
 */
export const nodeFlags = (name) => (name === "web" ? ["--max-semi-space-size=32", "--max-old-space-size=384"] : []);

const dieWithParent = () => ["--import", pathToFileURL(path.join(ROOT, "scripts/lib/die-with-parent.mjs")).href];

/**
 * Starts realtime, web and worker of a build and waits until they answer.
 * @param {import("./children.mjs").Services} services
 * @param {string} buildDir
 * @param {Env} env
 */
export async function startServices(services, buildDir, env) {
  const start = (/** @type {string} */ name, /** @type {Env} */ extra = {}) =>
    services.start({
      name,
      cwd: ROOT,
      args: [...dieWithParent(), ...nodeFlags(name), path.join(buildDir, `${name}.mjs`)],
      env: { ...env, ...extra },
    });
  if (!env.PUSHER_HOST) {
    start("realtime", { REALTIME_HOST: "127.0.0.1" });
    await up(services, "realtime", () => connects(Number(env.REALTIME_PORT)));
  }
  start("web");
  start("worker");
  const host = env.HOST === "0.0.0.0" || env.HOST === "::" ? "127.0.0.1" : env.HOST;
  await up(services, "web", () => answers(`http://${host}:${env.PORT}/api/ready`));
}

/**
 * Starts the simulated fleet, a client of the running console like any other.
 * @param {import("./children.mjs").Services} services
 * @param {{ env: Env, args: string[] }} client
 */
export function startSimulator(services, { env, args }) {
  const file = path.join(ROOT, "scripts/simulate/main.ts");
  services.start({ name: "simulator", cwd: ROOT, args: [...dieWithParent(), "--import", "tsx", file, ...args], env });
}

/**
 * @param {import("./children.mjs").Services} services
 * @param {string} name
 * @param {() => Promise<boolean>} check
 */
async function up(services, name, check) {
  try {
    await waitUntil(check, { timeoutMs: 60_000, what: `${name} did not answer` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}; the end of ${services.logFile(name)}:\n${services.tail(name)}`);
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
const connects = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
