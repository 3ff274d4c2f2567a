/** A stream of numbers in [0, 1): the same seed gives the same stream on every machine. */
export type Random = () => number;

/**
 * Seeded pseudo-random numbers.
 * @returns uniform numbers in [0, 1)
 * @see T. Ettinger, "mulberry32" (public domain)
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number in [0, 1) that depends on two integers and the salt only: the same place always looks the same. */
export function hash2(i: number, j: number, salt = 0): number {
  let n = (Math.imul(i, 374761393) + Math.imul(j, 668265263) + Math.imul(salt, 974634541)) | 0;
  n = Math.imul(n ^ (n >>> 13), 1274126177);
  n = Math.imul(n ^ (n >>> 15), 2246822519);
  return ((n ^ (n >>> 16)) >>> 0) / 4294967296;
}

const smooth = (t: number) => t * t * (3 - 2 * t);

/** Value noise in [0, 1), continuous in both arguments; one bump per unit. */
export function noise(x: number, y: number, salt = 0): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = smooth(x - i);
  const v = smooth(y - j);
  const low = hash2(i, j, salt) * (1 - u) + hash2(i + 1, j, salt) * u;
  const high = hash2(i, j + 1, salt) * (1 - u) + hash2(i + 1, j + 1, salt) * u;
  return low * (1 - v) + high * v;
}

/** One element, chosen by a number in [0, 1). */
export function pick<T>(items: readonly T[], at: number): T {
  const item = items[Math.min(items.length - 1, Math.floor(at * items.length))];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
