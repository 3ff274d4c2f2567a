/**
 * How far the write-ahead log had come when something was written, as PostgreSQL prints it: `16/B374D848`. A console that
 * was told of a change asks to read a database that has come at least as far.
 */
export type LogPosition = string;

/** Header of a console's requests, and of the answers to its changes. */
export const READ_AFTER_HEADER = "x-read-after";
/** Instead of a position: nothing but the primary will do (after a gap in the events, when it is not known what was missed). */
export const READ_LATEST = "latest";

/** A replica that is further behind than this serves nobody, milliseconds. */
export const MAX_REPLICA_LAG_MS = 2_000;

const POSITION = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;

/** Bytes of log since its beginning, or null when it is not a position. */
export function parseLogPosition(text: string): bigint | null {
  const [, high, low] = POSITION.exec(text) ?? [];
  return high === undefined || low === undefined ? null : (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** The later of two positions; what is not a position never wins. */
export function laterPosition(one: LogPosition | null, other: LogPosition): LogPosition | null {
  const [a, b] = [one === null ? null : parseLogPosition(one), parseLogPosition(other)];
  if (b === null) return one;
  return a === null || b > a ? other : one;
}
