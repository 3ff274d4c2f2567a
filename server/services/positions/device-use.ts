import "server-only";
import { LRUCache } from "lru-cache";
import type { DeviceUse } from "@/db/queries/ingest-lookups";
import { describeError, log } from "@/server/log";

const FLUSH_EVERY_MS = 2_000;
const AT_ONCE_MS = 60_000;
/** A use that says nothing new is written so often: when a device was last seen is known to within so much. */
const SAME_AGAIN_MS = 20_000;

type Device = { agencyId: string; id: string };

/** Keeps when, by which app and from where devices were used: news every two seconds, the first use at once. */
export class DeviceUseLog {
  #pending = new Map<string, DeviceUse>();
  readonly #last = new LRUCache<string, DeviceUse>({ max: 50_000 });
  readonly #written = new LRUCache<string, DeviceUse>({ max: 50_000 });
  readonly #shared = new Map<string, Device>();
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<void> = Promise.resolve();

  /**
   * @param write - stores uses, and gives back devices that two apps used within a minute
   * @param onShared - hears of such devices
   */
  constructor(
    private readonly write: (uses: DeviceUse[]) => PromiseLike<Device[]>,
    private readonly onShared: (device: Device) => Promise<void>,
  ) {}

  /** @param isFirst - the device was never used before: somebody may be waiting for it on a screen */
  note(use: DeviceUse, isFirst: boolean): void {
    const last = this.#last.get(use.id);
    const isAnotherApp = last && last.app !== use.app && use.seenAt.getTime() - last.seenAt.getTime() < AT_ONCE_MS;
    if (isAnotherApp) this.#shared.set(use.id, { agencyId: use.agencyId, id: use.id });
    this.#last.set(use.id, use);
    if (!this.#pending.has(use.id) && isSameAgain(this.#written.get(use.id), use)) return;
    const told = this.#pending.get(use.id)?.trouble;
    this.#pending.set(use.id, use.trouble === "unchanged" && told !== undefined ? { ...use, trouble: told } : use);
    if (isFirst && !last) void this.flush();
    else if (!this.#timer) {
      this.#timer = setTimeout(() => void this.flush(), FLUSH_EVERY_MS);
      this.#timer.unref();
    }
  }

  /** Writes what is noted; one write at a time. Never rejects: what could not be written is tried with the next. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flushing = this.#flushing.then(() => this.#flushOnce());
    return this.#flushing;
  }

  async #flushOnce(): Promise<void> {
    const uses = this.#pending;
    if (uses.size === 0 && this.#shared.size === 0) return;
    this.#pending = new Map();
    try {
      // Kept until it was told: a device that is noted meanwhile, or could not be told of, is told of with the next.
      for (const device of await this.write([...uses.values()])) this.#shared.set(device.id, device);
      for (const use of uses.values()) this.#written.set(use.id, use);
    } catch (error) {
      this.#pending = new Map([...uses, ...this.#pending]);
      log().warn(describeError(error), "the use of devices could not be noted");
    }
    await this.#tellShared();
  }

  async #tellShared(): Promise<void> {
    for (const [id, device] of this.#shared) {
      try {
        await this.onShared(device);
        this.#shared.delete(id);
      } catch (error) {
        log().warn(describeError(error), "a device in two apps could not be told of");
      }
    }
  }
}

const isSameAgain = (written: DeviceUse | undefined, use: DeviceUse) =>
  written !== undefined &&
  use.seenAt.getTime() - written.seenAt.getTime() < SAME_AGAIN_MS &&
  written.app === use.app &&
  written.network === use.network &&
  (use.trouble === "unchanged" || use.trouble === written.trouble);
