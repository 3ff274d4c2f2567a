import "server-only";
import { singleton } from "@/server/singleton";

type Flight = { done: Promise<unknown>; next: Promise<unknown> | null };

/**
 * Lets those who ask the same at the same time share one reading: when a trip changes, every console of an agency reads
 * its board again within the same moment. Whoever asks while a reading is under way gets the next one, so that nobody is
 * handed what was read before they asked.
 */
export class SharedReads {
  readonly #flights = new Map<string, Flight>();

  /**
   * @param key - everything that the answer depends on: agency, what the caller may see, what was asked
   * @param run - reads; its answer is handed to several callers, none of whom may change it
   */
  read<T>(key: string, run: () => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key);
    if (!flight) return this.#start(key, run);
    flight.next ??= flight.done.then(() => this.#start(key, run));
    return flight.next as Promise<T>;
  }

  #start<T>(key: string, run: () => Promise<T>): Promise<T> {
    const answer = run();
    const flight: Flight = { next: null, done: Promise.resolve() };
    const over = () => {
      if (flight.next === null && this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    flight.done = answer.then(over, over);
    this.#flights.set(key, flight);
    return answer;
  }
}

/** This process's. */
export const sharedReads = () => singleton("shared-reads", () => new SharedReads());
