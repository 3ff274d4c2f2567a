import "server-only";
import { singleton } from "@/server/singleton";

type Flight = { done: Promise<unknown>; next: { asks: unknown[]; answer: Promise<unknown> } | null };

/**
 * Lets those who ask the same at the same time share one reading: when a trip changes, every console of an agency asks
 * for it within the same moment. Whoever asks while a reading is under way gets the next one, so that nobody is handed
 * what was read before they asked.
 */
export class SharedReads {
  readonly #flights = new Map<string, Flight>();

  /**
   * @param key - what the answer depends on for all that is asked: agency, what the caller may see
   * @param ask - what this caller wants to know
   * @param run - reads for all who share it, and answers each with everything: none may change what it is handed
   */
  read<Ask, T>(key: string, ask: Ask, run: (asks: Ask[]) => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key);
    if (!flight) return this.#start(key, () => run([ask]));
    if (flight.next) flight.next.asks.push(ask);
    else {
      const asks = [ask];
      flight.next = { asks, answer: flight.done.then(() => this.#start(key, () => run(asks))) };
    }
    return flight.next.answer as Promise<T>;
  }

  #start<T>(key: string, run: () => Promise<T>): Promise<T> {
    const answer = run().then(noted);
    const flight: Flight = { next: null, done: Promise.resolve() };
    const over = () => {
      if (flight.next === null && this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    flight.done = answer.then(over, over);
    this.#flights.set(key, flight);
    return answer;
  }
}

const answers = () => singleton("shared-read-answers", () => new WeakSet<object>());

function noted<T>(answer: T): T {
  if (typeof answer === "object" && answer !== null) answers().add(answer);
  return answer;
}

/** Whether this is an answer that several may be given, so that it is worth writing once. */
export const isShared = (value: unknown): value is object =>
  typeof value === "object" && value !== null && answers().has(value);

/** This process's. */
export const sharedReads = () => singleton("shared-reads", () => new SharedReads());
