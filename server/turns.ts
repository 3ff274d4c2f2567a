import { setImmediate as turn } from "node:timers/promises";

/**
 * Lets only so many pieces of work run at once, in the order they came, with a turn of the event loop before each: what
 * is small and came later is answered in between.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(private readonly most: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      await turn();
      return await work();
    } finally {
      // The place goes to the next in line, or back.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
