import "server-only";
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A random secret of 256 bits with a prefix that tells what it opens (`rbk_`, `rbd_`). */
export const newToken = (prefix = ""): string => prefix + randomBytes(32).toString("base64url");

/** What is stored of a random token: its SHA-256; a token of 256 bits needs no slow hash. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** A keyed hash, for things that could be guessed (e-mails, networks) or must be derived again (successors). */
export const keyedHash = (key: string, ...parts: string[]): string =>
  createHmac("sha256", key).update(parts.join("\0")).digest("base64url");

/** Equality in constant time. */
export function sameSecret(a: string, b: string): boolean {
  const x = createHash("sha256").update(a).digest();
  const y = createHash("sha256").update(b).digest();
  return timingSafeEqual(x, y);
}
