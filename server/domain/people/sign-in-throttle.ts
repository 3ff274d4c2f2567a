/** Seconds for which a failed sign-in counts. */
export const FAILURES_COUNT_S = 15 * 60;
/** With so many failures counting, nobody gets in any more: the next one would be the tenth. */
export const MAX_FAILURES = 9;
/** A few typing errors cost nothing; from here on each doubles the wait. */
const FREE_FAILURES = 5;
/** The longest wait of a device that the account has signed in from before: it is slowed down, never locked out. */
const KNOWN_DEVICE_WAIT_S = 16;
/** Failures that one network may make in a minute, whatever the accounts. */
export const NETWORK_FAILURES_A_MINUTE = 60;

const secondsUntil = (moment: number, now: Date) => Math.max(0, (moment - now.getTime()) / 1000);

/**
 * How long an e-mail has to wait before the next attempt is looked at.
 * @param failures - moments of earlier failures, newest first
 * @param isKnownDevice - these are failures of a device that the account knows
 * @returns seconds, 0 when it need not wait
 */
export function accountWaitS(failures: readonly Date[], now: Date, isKnownDevice = false): number {
  const times = failures.map((at) => at.getTime()).filter((at) => now.getTime() - at < FAILURES_COUNT_S * 1000);
  const [newest] = times;
  if (newest === undefined || times.length < FREE_FAILURES) return 0;
  const doubling = 2 ** Math.min(times.length - FREE_FAILURES, 10);
  if (isKnownDevice) return secondsUntil(newest + Math.min(doubling, KNOWN_DEVICE_WAIT_S) * 1000, now);
  const oldestThatLocks = times[MAX_FAILURES - 1];
  return oldestThatLocks === undefined
    ? secondsUntil(newest + doubling * 1000, now)
    : secondsUntil(oldestThatLocks + FAILURES_COUNT_S * 1000, now);
}

/** How long a network has to wait. @param recent - moments of its failures, newest first */
export function networkWaitS(recent: readonly Date[], now: Date): number {
  const limiting = recent[NETWORK_FAILURES_A_MINUTE - 1];
  return limiting ? secondsUntil(limiting.getTime() + 60_000, now) : 0;
}
