import "server-only";
import { createHmac } from "node:crypto";

const MIN_PREFIX = 3;
const MAX_PREFIX = 8;
const TOKEN_BYTES = 9;

/** Lower case, no accents, words of letters and digits. */
export const normalisedWords = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** A keyed token of one word: equal words of one agency match, nothing can be read back. */
const token = (key: Buffer, agencyId: string, kind: string, word: string): string =>
  createHmac("sha256", key)
    .update(`${agencyId}\0${kind}\0${word}`)
    .digest()
    .subarray(0, TOKEN_BYTES)
    .toString("base64url");

/** Tokens to store: each word whole and its prefixes of 3 to 8 letters, so that typing narrows. */
export function nameTokens(key: Buffer, agencyId: string, name: string): string[] {
  const parts = normalisedWords(name).flatMap((word) => [
    word,
    ...Array.from({ length: MAX_PREFIX - MIN_PREFIX + 1 }, (_, i) => word.slice(0, MIN_PREFIX + i)),
  ]);
  return [...new Set(parts)].map((part) => token(key, agencyId, "name", part));
}

/** Tokens to look for: every word typed must match. Longer words than a prefix are cut to it or matched whole. */
export const nameQueryTokens = (key: Buffer, agencyId: string, query: string): string[] =>
  normalisedWords(query)
    .filter((word) => word.length >= MIN_PREFIX)
    .map((word) => token(key, agencyId, "name", word.length > MAX_PREFIX ? word.slice(0, MAX_PREFIX) : word));

/** The token of a phone number: its last ten digits, however it is written. Null when there are under four digits. */
export function phoneToken(key: Buffer, agencyId: string, phone: string): string | null {
  const digits = phone.replace(/\D/g, "").slice(-10);
  return digits.length < 4 ? null : token(key, agencyId, "phone", digits);
}
