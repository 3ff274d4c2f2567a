import { killRunning } from "./proc.mjs";

const SAME_PRESS_MS = 500;

export class Interrupted extends Error {}

/**
 * Turns Ctrl-C, SIGTERM and a closed terminal into one rejection, so that the way out is the same as after a failure.
 * A second signal kills what is running instead of asking it.
 * @returns {{ interrupted: Promise<never>, isInterrupted: () => boolean }}
 */
export function onInterrupt() {
  let count = 0;
  let lastAt = 0;
  /** @type {(error: Error) => void} */
  let reject = () => undefined;
  const interrupted = new Promise((/** @type {(never: never) => void} */ _resolve, fail) => {
    reject = fail;
  });
  interrupted.catch(() => undefined); // whoever races against it hears of it; nobody may be racing yet
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      // npm passes on what the terminal has sent to both of us.
      if (Date.now() - lastAt < SAME_PRESS_MS) return;
      lastAt = Date.now();
      count += 1;
      killRunning(count > 1 ? "SIGKILL" : "SIGTERM");
      reject(new Interrupted(signal));
    });
  }
  return { interrupted, isInterrupted: () => count > 0 };
}
