import "server-only";
import { MAX_REPLICA_LAG_MS as MAX_LAG_MS, parseLogPosition } from "@/server/domain/wire/read-after";
import { primaryPosition, replayedPosition } from "./queries/log-position";
import type { Db } from "./types";

const LOOK_EVERY_MS = 250;
const ANSWER_WITHIN_MS = 1_000;

type Replica = { db: Db; replayed: bigint | null; lookedAtMs: number };
type Seen = { atMs: number; position: bigint };

/**
 * The replicas of the database and how far each has come. Asked every quarter of a second; one that does not answer, is
 * no replica or lags is left out until it has caught up. Reads take turns.
 */
export class Replicas {
  readonly #replicas: Replica[];
  /** Where the primary was, oldest first, back to the first look before the longest lag we accept. */
  #primary: Seen[] = [];
  #turn = 0;
  #looking: Promise<void> | null = null;
  readonly #timer: NodeJS.Timeout;

  /** @param onTrouble - hears of failed looks, once per look */
  constructor(
    private readonly primary: Db,
    replicas: Db[],
    private readonly clock: () => number,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    this.#replicas = replicas.map((db) => ({ db, replayed: null, lookedAtMs: 0 }));
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
    void this.look();
  }

  /**
   * The next replica that is not too far behind.
   * @param after - what it must have replayed, in bytes of log; null: no more than the lag we accept
   * @returns null when the primary has to do it
   */
  pick(after: bigint | null): Db | null {
    const needed = this.#needed(after);
    for (let tries = 0; tries < this.#replicas.length; tries++) {
      this.#turn = (this.#turn + 1) % this.#replicas.length;
      const replica = this.#replicas[this.#turn];
      if (replica && this.#isFit(replica, needed)) return replica.db;
    }
    return null;
  }

  /** Leaves out a replica that failed a read, until it answers again. */
  suspect(db: Db): void {
    for (const replica of this.#replicas) if (replica.db === db) replica.replayed = null;
  }

  /** How many bytes of log each one lacks, in the order they were named; null for one that does not answer. */
  lags(): (number | null)[] {
    const head = this.#primary.at(-1)?.position;
    return this.#replicas.map(({ replayed }) =>
      replayed === null || head === undefined ? null : Math.max(0, Number(head - replayed)),
    );
  }

  /** Asks all of them now; at most one round at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#round().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await Promise.all(this.#replicas.map(({ db }) => db.$client.end({ timeout: 1 })));
  }

  #isFit({ replayed, lookedAtMs }: Replica, needed: bigint | null): boolean {
    const isFresh = this.clock() - lookedAtMs < MAX_LAG_MS;
    return replayed !== null && needed !== null && isFresh && replayed >= needed;
  }

  /** Where the primary was `MAX_LAG_MS` ago, or what the reader has to see if that is later; null while unknown. */
  #needed(after: bigint | null): bigint | null {
    const since = this.clock() - MAX_LAG_MS;
    const bound = this.#primary.findLast(({ atMs }) => atMs <= since) ?? this.#primary[0];
    if (!bound) return null;
    return after !== null && after > bound.position ? after : bound.position;
  }

  async #round(): Promise<void> {
    await Promise.all([this.#lookAtPrimary(), ...this.#replicas.map((replica) => this.#lookAt(replica))]);
  }

  async #lookAtPrimary(): Promise<void> {
    try {
      const position = parseLogPosition(await within(primaryPosition(this.primary)));
      if (position === null) return;
      this.#primary.push({ atMs: this.clock(), position });
      const old = this.#primary.findLastIndex(({ atMs }) => atMs <= this.clock() - MAX_LAG_MS);
      if (old > 0) this.#primary = this.#primary.slice(old);
    } catch (error) {
      // The last known positions go on to count: with the primary away, replicas are all there is to read.
      this.onTrouble(error);
    }
  }

  async #lookAt(replica: Replica): Promise<void> {
    try {
      const at = this.clock();
      const lsn = await within(replayedPosition(replica.db));
      replica.replayed = lsn === null ? null : parseLogPosition(lsn);
      replica.lookedAtMs = at;
    } catch (error) {
      replica.replayed = null;
      this.onTrouble(error);
    }
  }
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), ANSWER_WITHIN_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
