import "server-only";
import { wire } from "@/server/domain/wire/transformer";
import { isShared } from "@/server/services/shared-read";
import { singleton } from "@/server/singleton";
import { AnswerBody } from "./answer-body";

/** Stands in an answer's text for what is written apart. No data looks like it: texts that begin so are marked. */
const PLACE = "\u007fw";
const PLACE_AS_JSON = JSON.stringify(PLACE);

/** tRPC's transformer on the server: leaves a place for what was read for several. */
export const serverWire = {
  serialize: (value: unknown): unknown => (isShared(value) ? PLACE : wire.serialize(value)),
  deserialize: wire.deserialize,
};

/** An answer that was read for several, written once, with the bodies in which it was sent. */
class SharedAnswer {
  readonly #value: unknown;
  #json: string | null = null;
  readonly #bodies = new Map<string, AnswerBody>();

  constructor(value: unknown) {
    this.#value = value;
  }

  json(): string {
    this.#json ??= JSON.stringify(wire.serialize(this.#value));
    return this.#json;
  }

  /** As the only one in a text of tRPC's: those who asked alike get the same bytes. */
  within(text: string): AnswerBody {
    const known = this.#bodies.get(text);
    if (known) return known;
    const body = new AnswerBody(Buffer.from(text.replace(PLACE_AS_JSON, () => this.json())));
    this.#bodies.set(text, body);
    return body;
  }
}

/** As long as somebody has yet to be answered with it. */
const written = () => singleton("shared-answers", () => new WeakMap<object, SharedAnswer>());

function sharedAnswer(value: object): SharedAnswer {
  const known = written().get(value);
  if (known) return known;
  const answer = new SharedAnswer(value);
  written().set(value, answer);
  return answer;
}

/** Those of a batch's results that were read for several, in their order. */
export const sharedAmong = (results: readonly unknown[]): SharedAnswer[] =>
  results.flatMap((one) => {
    const value = (one as { result?: { data?: unknown } }).result?.data;
    return isShared(value) ? [sharedAnswer(value)] : [];
  });

/**
 * The body of an answer of tRPC's.
 * @param text - with a place for each of `shared`
 */
export function bodyWith(text: string, shared: readonly SharedAnswer[]): AnswerBody {
  const [only, ...others] = shared;
  if (only && others.length === 0) return only.within(text);
  const parts = text.split(PLACE_AS_JSON);
  return new AnswerBody(Buffer.from(parts.map((part, n) => part + (shared[n]?.json() ?? "")).join("")));
}
