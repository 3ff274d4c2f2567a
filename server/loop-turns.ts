import { singleton } from "./singleton";

/**
 * Hands out turns of the event loop, one at a time, in the order in which they are asked for. Between two of them is done
 * whatever came meanwhile and asks for none: what takes turns never stands as a whole before what does not.
 */
export class LoopTurns {
  readonly #waiting: (() => void)[] = [];
  #isGiving = false;

  /** Resolves at the beginning of a turn of one's own. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isGiving) this.#giveSoon();
    });
  }

  #giveSoon(): void {
    this.#isGiving = true;
    setImmediate(() => {
      this.#waiting.shift()?.();
      this.#isGiving = false;
      if (this.#waiting.length > 0) this.#giveSoon();
    });
  }
}

/** This process's. */
export const loopTurns = () => singleton("loop-turns", () => new LoopTurns());
