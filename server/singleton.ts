/**
 * One value per process, although a custom server beside Next's bundle loads each module twice: pools, queues, caches
 * and metrics live on `globalThis`.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`runboard.${name}`);
  const holder = globalThis as { [key: symbol]: unknown };
  holder[key] ??= make();
  return holder[key] as T;
}
