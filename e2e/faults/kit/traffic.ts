import { setTimeout as wait } from "node:timers/promises";
import type { Phone } from "./fleet";
import { askJson, keepAlive } from "./http";
import type { Stack } from "./stack";

export type SentFix = { takenAt: string; lat: number; lon: number };
/** What a phone was told is stored, by vehicle. */
export type Ledger = Map<string, SentFix[]>;

const SEND_EVERY_MS = 1_050;

/**
 * Phones that send a fix about every second, each until it is acknowledged, as phone apps do: what was not acknowledged
 * is sent again with what came meanwhile.
 */
export class Traffic {
  readonly acknowledged: Ledger = new Map();
  failures = 0;
  /** The longest wait for an acknowledgement, milliseconds. */
  slowestMs = 0;
  #isOver = false;
  #senders: Promise<void>[] = [];
  readonly #agent = keepAlive(256);

  constructor(
    private readonly stack: Pick<Stack, "url">,
    private readonly phones: Phone[],
    private readonly everyMs = SEND_EVERY_MS,
  ) {}

  start(): this {
    this.#senders = this.phones.map((phone, i) => this.#drive(phone, i));
    return this;
  }

  get count(): number {
    let sum = 0;
    for (const fixes of this.acknowledged.values()) sum += fixes.length;
    return sum;
  }

  /** Lets every phone get rid of what it still holds, then stops. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#senders);
    this.#agent.destroy();
  }

  async #drive(phone: Phone, index: number): Promise<void> {
    const kept: SentFix[] = [];
    const done: SentFix[] = [];
    this.acknowledged.set(phone.vehicleId, done);
    await wait((this.everyMs * index) / this.phones.length);
    for (let n = 0; !this.#isOver || kept.length > 0; n++) {
      if (!this.#isOver) kept.push(fixAt(index, n));
      const sending = [...kept];
      if (await this.#send(phone, sending)) {
        done.push(...sending);
        kept.splice(0, sending.length);
      } else this.failures += 1;
      await wait(this.everyMs);
    }
  }

  async #send({ token }: Phone, fixes: SentFix[]): Promise<boolean> {
    const from = performance.now();
    try {
      const { status, text } = await askJson(`${this.stack.url}/api/v1/positions`, {
        token,
        json: { fixes },
        agent: this.#agent,
      });
      this.slowestMs = Math.max(this.slowestMs, performance.now() - from);
      if (status !== 202) return false;
      const { accepted, duplicates } = JSON.parse(text) as { accepted: number; duplicates: number };
      if (accepted + duplicates !== fixes.length) throw new Error(`a fix was set aside: ${text}`);
      return true;
    } catch (error) {
      // The server is away or died in the middle: the phone keeps what it has.
      if (error instanceof Error && ("code" in error || error.message === "the answer broke off")) return false;
      throw error;
    }
  }
}

/** A slow drive, every vehicle on a street of its own. */
export const fixAt = (index: number, n: number, at = new Date()): SentFix => ({
  takenAt: at.toISOString(),
  lat: round(40 + (index % 1000) * 0.001),
  lon: round(-89 + (n % 5000) * 0.00005),
});

const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
