import "server-only";
import type { IngestSql } from "@/db/ingest-client";
import { describeError, log } from "@/server/log";

const CHANNEL = "runboard_ingest";
const BEAT_EVERY_MS = 2_000;
/** Without a sign of life for so long, news may have been missed. */
const DEAF_AFTER_MS = 4_500;
/** What was looked up may be believed for so long without hearing news … */
const TRUST_DEAF_MS = 5_000;
/** … and for so long while news are heard. */
const TRUST_MS = 60_000;

export type News = { kind: "device" | "owner" | "duty"; id: string };

/** When something was looked up, and how many news had been heard by then. */
export type LookedUp = { at: number; heard: number };

/**
 * News from the database about devices, vehicles, people and shifts. Caches ask it whether what they hold may still be
 * believed: a minute while its connection proves alive by hearing its own heartbeat, else five seconds.
 */
export class IngestNews {
  readonly #listeners: ((news: News) => void)[] = [];
  #listeningSince = Number.POSITIVE_INFINITY;
  #beatAt = Number.NEGATIVE_INFINITY;
  #heard = 0;
  #stop: (() => Promise<void>) | null = null;

  /**
   * @param sql - a direct connection: LISTEN delivers nothing through a pooler in transaction mode
   * @param clock - milliseconds
   */
  constructor(
    private readonly sql: IngestSql,
    private readonly clock: () => number,
  ) {}

  onNews(listener: (news: News) => void): void {
    this.#listeners.push(listener);
  }

  /** Starts listening; until it does, and whenever it is cut off, everything is believed for five seconds only. */
  async start(): Promise<void> {
    const beat = setInterval(() => this.#beat(), BEAT_EVERY_MS);
    beat.unref();
    this.#stop = () => {
      clearInterval(beat);
      return Promise.resolve();
    };
    const subscription = await this.sql.listen(
      CHANNEL,
      (message) => this.#hear(message),
      () => {
        this.#listeningSince = this.clock();
        this.#beat();
      },
    );
    this.#stop = async () => {
      clearInterval(beat);
      await subscription.unlisten();
    };
  }

  async stop(): Promise<void> {
    await this.#stop?.();
  }

  /** Note this before a look-up, and keep it with what was found. */
  mark(): LookedUp {
    return { at: this.clock(), heard: this.#heard };
  }

  /**
   * May this still be believed?
   * @param settled - what `mark` said after the look-up: news in between make its result doubtful
   */
  isFresh(before: LookedUp, settled: LookedUp): boolean {
    const now = this.clock();
    if (now - before.at <= TRUST_DEAF_MS) return true;
    const isHearing = now - this.#beatAt <= DEAF_AFTER_MS && this.#listeningSince <= before.at;
    return isHearing && before.heard === settled.heard && now - before.at <= TRUST_MS;
  }

  #hear(message: string): void {
    const [kind, id] = message.split(" ");
    if (kind === "beat") {
      this.#beatAt = this.clock();
      return;
    }
    if (!id || (kind !== "device" && kind !== "owner" && kind !== "duty")) return;
    this.#heard += 1;
    for (const listener of this.#listeners) listener({ kind, id });
  }

  #beat(): void {
    this.sql.notify(CHANNEL, "beat").catch((error: unknown) => {
      log().warn(describeError(error), "no heartbeat from the database");
    });
  }
}
