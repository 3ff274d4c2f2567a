import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { signalGroup } from "./proc.mjs";
import { say } from "./steps.mjs";

/**
 * @typedef {object} ServiceSpec
 * @property {string} name
 * @property {string[]} args for node
 * @property {string} cwd
 * @property {Record<string, string | undefined>} env whole environment
 */

const STOP_WITHIN_MS = 12_000;
const FASTEST_DEATH_MS = 3_000;
/** What a web process may take longer, until load balancers send it nothing. @param {ServiceSpec["env"]} env */
const graceMs = ({ DRAIN_S }) => Number(DRAIN_S ?? 0) * 1_000;

/**
 * Runs the long-lived processes: logs to files, restarts what dies, stops all in reverse order. Each child has an IPC
 * channel: when this process is killed the channel breaks, and the child takes that as its signal to stop.
 */
export class Services {
  /** @type {{ spec: ServiceSpec, child: import("node:child_process").ChildProcess, exited: Promise<void> }[]} */
  #services = [];
  /** @type {WeakSet<import("node:child_process").ChildProcess>} */
  #halted = new WeakSet();
  /** @type {Map<string, ServiceSpec>} */
  #resumable = new Map();
  #stopping = false;
  #logDir;
  /** @type {(error: Error) => void} */
  #onHopeless;

  /**
   * @param {string | null} logDir null: they write to our own output
   * @param {(error: Error) => void} onHopeless called when a service dies again and again
   */
  constructor(logDir, onHopeless) {
    if (logDir) fs.mkdirSync(logDir, { recursive: true });
    this.#logDir = logDir;
    this.#onHopeless = onHopeless;
  }

  /**
   * @param {string} name
   * @returns {string} empty without a log folder
   */
  logFile(name) {
    return this.#logDir ? path.join(this.#logDir, `${name}.log`) : "";
  }

  /** @param {ServiceSpec} spec */
  start(spec) {
    const log = this.logFile(spec.name);
    if (log && fs.existsSync(log)) fs.renameSync(log, `${log}.1`);
    this.#launch(spec, 0);
  }

  /**
   * @param {ServiceSpec} spec
   * @param {number} deaths in quick succession so far
   */
  #launch(spec, deaths) {
    const log = this.logFile(spec.name);
    const output = log ? fs.openSync(log, "a") : "inherit";
    const child = spawn(process.execPath, spec.args, {
      cwd: spec.cwd,
      env: /** @type {NodeJS.ProcessEnv} */ (spec.env),
      detached: true,
      stdio: ["ignore", output, output, "ipc"],
    });
    if (typeof output === "number") fs.closeSync(output);
    const startedAt = Date.now();
    const exited = new Promise((/** @type {(done: void) => void} */ resolve) => {
      child.on("exit", (code, signal) => {
        resolve();
        if (!this.#stopping && !this.#halted.has(child))
          this.#revive(spec, Date.now() - startedAt < FASTEST_DEATH_MS ? deaths + 1 : 0, signal ?? code);
      });
      child.on("error", () => resolve());
    });
    this.#services = [...this.#services.filter((one) => one.spec.name !== spec.name), { spec, child, exited }];
  }

  /**
   * @param {ServiceSpec} spec
   * @param {number} deaths
   * @param {NodeJS.Signals | number | null} how
   */
  #revive(spec, deaths, how) {
    if (deaths >= 3) {
      this.#onHopeless(new Error(`${spec.name} does not stay up (${how}):\n${this.tail(spec.name)}`));
      return;
    }
    say(`${spec.name} ended (${how}): starting it again ${this.logFile(spec.name)}`);
    setTimeout(
      () => {
        if (!this.#stopping) this.#launch(spec, deaths);
      },
      300 * 2 ** deaths,
    ).unref();
  }

  /**
   * The last lines of a service's log.
   * @param {string} name
   */
  tail(name) {
    const file = this.logFile(name);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n").slice(-20).join("\n") : "";
  }

  /**
   * The process that serves under this name now.
   * @param {string} name
   * @returns {number | undefined}
   */
  pid(name) {
    return this.#services.find((one) => one.spec.name === name)?.child.pid;
  }

  /**
   * Ends one service and leaves it ended until `resume`.
   * @param {string} name
   * @param {NodeJS.Signals} [signal]
   */
  async halt(name, signal = "SIGTERM") {
    const service = this.#services.find((one) => one.spec.name === name);
    if (!service) return;
    this.#halted.add(service.child);
    signalGroup(service.child, signal);
    await service.exited;
    this.#services = this.#services.filter((one) => one !== service);
    this.#resumable.set(name, service.spec);
  }

  /**
   * Starts a service again that was halted.
   * @param {string} name
   */
  resume(name) {
    const spec = this.#resumable.get(name);
    if (!spec) throw new Error(`${name} was not halted`);
    this.#resumable.delete(name);
    this.#launch(spec, 0);
  }

  /** Stops everything, the last started first; kills what does not listen. */
  async stop() {
    this.#stopping = true;
    for (const { spec, child, exited } of this.#services.toReversed()) {
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_WITHIN_MS + graceMs(spec.env));
      await exited;
      clearTimeout(timer);
      signalGroup(child, "SIGKILL"); // what it left of its group
    }
    this.#services = [];
  }
}
