/**
 * One value per process, although a custom server beside Next's bundle loads each module twice: pools, queues, caches
 * and metrics live on `globalThis`.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = keyOf(name);
  const holder = globalThis as { [key: symbol]: unknown };
  holder[key] ??= make();
  return holder[key] as T;
}

/** Asked for many times a request: the registry of symbols is slower than a map of our own. */
const keys = new Map<string, symbol>();

function keyOf(name: string): symbol {
  const known = keys.get(name);
  if (known) return known;
  const key = Symbol.for(`runboard.${name}`);
  keys.set(name, key);
  return key;
}
