import "server-only";
import { LRUCache } from "lru-cache";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import { hashToken } from "@/server/security/tokens";
import { GroupCommit } from "./group-commit";
import type { IngestNews, LookedUp } from "./ingest-news";

/** What every device token looks like; anything else is refused without a look-up. */
const TOKEN = /^rbd_[\w-]{16,128}$/;

export const isDeviceToken = (token: string): boolean => TOKEN.test(token);

type Entry = { device: DeviceRow | null; before: LookedUp; settled: LookedUp };

/**
 * Token -> device, cached and looked up in batches: a fleet that was looked up together is looked up again together. A
 * revocation holds within five seconds, mostly at once.
 */
export class DeviceDirectory {
  readonly #known = new LRUCache<string, Entry>({ max: 50_000 });
  /** Kept apart, so that a flood of wrong tokens does not push the right ones out. */
  readonly #unknown = new LRUCache<string, Entry>({ max: 2_000 });
  readonly #pending = new Map<string, Promise<DeviceRow | null>>();
  /** Hashing a token costs more than looking it up here. Of devices that are known only, in this process's memory. */
  readonly #hashes = new LRUCache<string, string>({ max: 50_000 });
  readonly #lookUps: GroupCommit<string, DeviceRow | null>;

  /** @param lookUp - answers in the order of the hashes it is asked for */
  constructor(
    lookUp: (tokenHashes: string[]) => Promise<(DeviceRow | null)[]>,
    private readonly news: IngestNews,
  ) {
    this.#lookUps = new GroupCommit({ write: lookUp, writers: 1, maxBatch: 1_000, maxWaiting: 50_000 });
    news.onNews(({ kind, id }) => {
      if (kind !== "duty") this.#forget(kind, id);
    });
  }

  /** @returns `null` for a token that opens nothing (any more) */
  async find(token: string, now: Date): Promise<DeviceRow | null> {
    if (!isDeviceToken(token)) return null;
    const knownHash = this.#hashes.get(token);
    const hash = knownHash ?? hashToken(token);
    const entry = this.#known.get(hash) ?? this.#unknown.get(hash);
    const device =
      entry && this.news.isFresh(entry.before, entry.settled) ? entry.device : await this.#lookUpOnce(hash);
    if (!device || (device.expiresAt !== null && device.expiresAt <= now)) return null;
    if (knownHash === undefined) this.#hashes.set(token, hash);
    return device;
  }

  #lookUpOnce(hash: string): Promise<DeviceRow | null> {
    const pending = this.#pending.get(hash);
    if (pending) return pending;
    const asked = this.#ask(hash).finally(() => this.#pending.delete(hash));
    this.#pending.set(hash, asked);
    return asked;
  }

  async #ask(hash: string): Promise<DeviceRow | null> {
    const before = this.news.mark();
    const device = await this.#lookUps.submit(hash);
    const entry: Entry = { device, before, settled: this.news.mark() };
    const [into, outOf] = device ? [this.#known, this.#unknown] : [this.#unknown, this.#known];
    into.set(hash, entry);
    outOf.delete(hash);
    return device;
  }

  #forget(kind: "device" | "owner", id: string): void {
    for (const [hash, { device }] of this.#known) {
      if (!device) continue;
      const isMeant = kind === "device" ? device.id === id : device.vehicleId === id || device.userId === id;
      if (isMeant) this.#known.delete(hash);
    }
    this.#unknown.clear();
  }
}
