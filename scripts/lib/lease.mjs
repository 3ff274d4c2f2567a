import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * @typedef {object} Lease
 * @property {() => Promise<void>} release gives the lock back and waits for the farewell command
 */

const HOLD = `flock "$1" "$2" sh -c 'echo held; cat >/dev/null'`;

/**
 * Holds a lock on a file through `flock(1)`. The kernel drops it when the holder dies, so no crash leaves a stale one:
 * the holder lives in a session of its own (Ctrl-C does not reach it) and ends when our end of its pipe closes.
 * @param {string} file
 * @param {{ shared?: boolean, lastOneOut?: string[], uid?: number, gid?: number, env?: Record<string, string | undefined>, cwd?: string }} [options]
 *   `lastOneOut`: a command to run afterwards if nobody else holds the lock; it also runs when we are killed.
 * @returns {Promise<Lease>}
 */
export async function takeLease(file, options = {}) {
  const { shared = false, lastOneOut = [], uid, gid, env, cwd } = options;
  const farewell = lastOneOut.length > 0 ? `; f="$2"; shift 2; flock -n -x "$f" "$@" || true` : "";
  const child = spawn("/bin/sh", ["-c", `${HOLD}${farewell}`, "lease", shared ? "-s" : "-x", file, ...lastOneOut], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
    ...(uid === undefined ? {} : { uid, gid }),
    ...(env ? { env: /** @type {NodeJS.ProcessEnv} */ (env) } : {}),
    ...(cwd ? { cwd } : {}),
  });
  const exited = once(child, "exit");
  const held = new Promise((resolve) => child.stdout.once("data", () => resolve(true)));
  const got = await Promise.race([held, exited.then(() => false)]);
  if (!got) throw new Error(`cannot lock ${file}: is flock (util-linux) installed?`);
  child.unref();
  child.stdout.destroy();
  child.stdin.on("error", () => undefined); // the holder was killed: nothing left to release
  return {
    release: async () => {
      child.ref();
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await exited;
    },
  };
}
