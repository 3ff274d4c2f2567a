/** What node and the driver say when there is no way to the server, or it hung up. */
const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
]);
/** What PostgreSQL says on its way down or up (57P01 to 57P03), of broken connections (08…), or when it has no more of them. */
const STATES = /^(57P0[123]|08...|53300)$/;

/**
 * Whether a statement failed because the database was not reached, was shutting down or was starting: nothing is wrong
 * with the statement, and whether it was done is not known.
 */
export function isLostConnection(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && (NETWORK.has(cause.code) || STATES.test(cause.code)))
      return true;
  }
  return false;
}

/** Seconds until the next attempt to connect: short, so that a database that is back is used at once. */
export const reconnectAfterS = (retries: number): number => Math.min(0.05 * 2 ** Math.min(retries, 8), 1);
