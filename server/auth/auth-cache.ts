import "server-only";
import { LRUCache } from "lru-cache";
import { singleton } from "@/server/singleton";

/** The longest that a revocation may go unnoticed when its announcement is lost, in milliseconds. */
const TTL_MS = 5_000;
const MAX_ENTRIES = 50_000;

type Entry = { value: object | null };
type AuthCache = { entries: LRUCache<string, Entry>; generation: number };

const cache = () =>
  singleton<AuthCache>("auth-cache", () => ({
    entries: new LRUCache({ max: MAX_ENTRIES, ttl: TTL_MS }),
    generation: 0,
  }));

/** Forgets every cached session and key of this process. */
export function clearAuthCache(): void {
  const { entries } = cache();
  entries.clear();
  cache().generation++;
}

/**
 * A look-up remembered for at most 5 s, absence too. An answer that was on its way while the cache was cleared is not
 * remembered: it may be older than the revocation.
 */
export async function remembered<T extends object>(key: string, look: () => Promise<T | undefined>): Promise<T | null> {
  const found = cache().entries.get(key);
  if (found) return found.value as T | null;
  const { generation } = cache();
  const value = (await look()) ?? null;
  if (cache().generation === generation) cache().entries.set(key, { value });
  return value;
}
