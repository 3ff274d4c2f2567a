import { spawn } from "node:child_process";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] whole environment of the child; default: ours
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {string} [input] text for its standard input
 * @property {boolean} [inherit] let it write to our terminal instead of collecting its output
 * @property {boolean} [mayFail] answer with the exit code instead of throwing
 * @property {AbortSignal} [stop] asks it to end (SIGTERM)
 * @property {boolean} [silent] give it no output at all (a daemon would keep a pipe open)
 */

/** @typedef {{ code: number, stdout: string, stderr: string }} RunResult */

/** Children that are running now, so that an interrupted script can stop them. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Signals what `run` has running, with everything that it started itself.
 * @param {NodeJS.Signals} [signal]
 */
export function killRunning(signal = "SIGTERM") {
  for (const child of running) signalGroup(child, signal);
}

/**
 * Signals a child that leads a process group, and the whole group with it.
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error; // gone already
  }
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args never a secret: others on the machine can read them
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 * @throws Error with the tail of its standard error when it fails, unless `mayFail`
 */
export function run(command, args, options = {}) {
  const { input, inherit, mayFail, silent, env, stop, ...rest } = options;
  const output = silent ? "ignore" : inherit ? "inherit" : "pipe";
  const child = spawn(command, args, {
    ...rest,
    env: /** @type {NodeJS.ProcessEnv} */ (env ?? process.env),
    // A group of its own: Ctrl-C reaches us only, and we end it with all that it started.
    detached: true,
    stdio: [input === undefined ? "ignore" : "pipe", output, output],
  });
  running.add(child);
  stop?.addEventListener("abort", () => signalGroup(child, "SIGTERM"));
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  child.stdin?.on("error", () => undefined); // it left before reading all: its exit code tells
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      running.delete(child);
      if (mayFail) resolve({ code: 127, stdout: "", stderr: error.message });
      else reject(new Error(`${command}: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      const result = { code: code ?? 128, stdout: out(), stderr: err() };
      if (result.code === 0 || mayFail) resolve(result);
      else reject(new Error(failure(command, args, signal ?? `exit code ${result.code}`, result)));
    });
  });
}

/** @param {import("node:stream").Readable | null} stream */
function collect(stream) {
  /** @type {Buffer[]} */
  const chunks = [];
  stream?.on("data", (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} how
 * @param {RunResult} result
 */
function failure(command, args, how, { stdout, stderr }) {
  const tail = (stderr.trim() || stdout.trim()).split("\n").slice(-30).join("\n");
  return `${command} ${args.slice(0, 4).join(" ")} failed (${how})${tail ? `:\n${tail}` : ""}`;
}
