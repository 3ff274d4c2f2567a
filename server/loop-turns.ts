import { singleton } from "./singleton";

/** So long may what takes turns go on before everything else comes in between. */
const AT_ONCE_MS = 4;

/**
 * Hands out turns in the event loop, one after the other, in the order in which they are asked for. Every few milliseconds
 * is done whatever came meanwhile and asks for none: what takes turns never stands as a whole before what does not.
 */
export class LoopTurns {
  readonly #waiting: (() => void)[] = [];
  #isGiving = false;

  /** Resolves at the beginning of a turn of one's own. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#isGiving) return;
      this.#isGiving = true;
      this.#giveSoon();
    });
  }

  #giveSoon(): void {
    setImmediate(() => this.#give(performance.now() + AT_ONCE_MS));
  }

  #give(untilMs: number): void {
    this.#waiting.shift()?.();
    // In this order a tick comes after all that the one whose turn it is does now.
    queueMicrotask(() => process.nextTick(() => this.#goOn(untilMs)));
  }

  #goOn(untilMs: number): void {
    if (this.#waiting.length === 0) this.#isGiving = false;
    else if (performance.now() < untilMs) this.#give(untilMs);
    else this.#giveSoon();
  }
}

/** This process's. */
export const loopTurns = () => singleton("loop-turns", () => new LoopTurns());
