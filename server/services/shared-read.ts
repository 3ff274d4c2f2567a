import "server-only";
import { env } from "@/server/env";
import { loopTurns } from "@/server/loop-turns";
import { singleton } from "@/server/singleton";
import { Turns } from "@/server/turns";

type Reading = { asks: unknown[]; answer: Promise<unknown> };
/** What is read of one key: the reading that has not begun, and when the one before it is over. */
type Line = { next: Reading | null; over: Promise<void> };

/**
 * Lets those who ask the same at the same time share one reading: when a trip changes, every console of an agency asks
 * for it within the same moment. Whoever asks while a reading is under way gets the next one, so that nobody is handed
 * what was read before they asked. Only so many readings are under way at once, whatever they are of, and each caller
 * goes on in a turn of the event loop of its own: a change that somebody makes waits for none of them.
 */
export class SharedReads {
  readonly #lines = new Map<string, Line>();

  /** @param places - for the readings that are under way at once */
  constructor(private readonly places: Turns) {}

  /**
   * @param key - what the answer depends on for all that is asked: agency, what the caller may see
   * @param ask - what this caller wants to know
   * @param run - reads for all who share it, and answers each with everything: none may change what it is handed
   */
  async read<Ask, T>(key: string, ask: Ask, run: (asks: Ask[]) => Promise<T>): Promise<T> {
    const line = this.#lines.get(key);
    if (line?.next) line.next.asks.push(ask);
    const { answer } = line?.next ?? this.#line(key, line?.over, ask, run);
    const value = await answer;
    await loopTurns().next();
    return value as T;
  }

  /** The next reading of a key. */
  #line<Ask, T>(key: string, before: Promise<void> | undefined, ask: Ask, run: (asks: Ask[]) => Promise<T>): Reading {
    const asks = [ask];
    const line: Line = { next: null, over: Promise.resolve() };
    const begin = () => {
      line.next = null;
      return run(asks).then(noted);
    };
    const answer = (before ?? Promise.resolve()).then(() => this.places.run(begin));
    const reading: Reading = { asks, answer };
    const end = () => {
      if (this.#lines.get(key) === line) this.#lines.delete(key);
    };
    line.next = reading;
    line.over = answer.then(end, end);
    this.#lines.set(key, line);
    return reading;
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

/** This process's: of its connections most are left to those who change something. */
export const sharedReads = () =>
  singleton("shared-reads", () => new SharedReads(new Turns(Math.max(2, Math.floor(env().DATABASE_POOL / 5)))));
