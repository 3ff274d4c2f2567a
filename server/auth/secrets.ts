import "server-only";
import { env } from "@/server/env";
import { keyedHash } from "@/server/security/tokens";

type Purpose =
  | "access-token"
  | "console-cookie"
  | "refresh-token"
  | "sign-in-failures"
  | "recovery-codes"
  | "idempotency";

/** A key for one purpose, derived from AUTH_SECRET, so that a token of one kind never passes for another. */
export const keyFor = (purpose: Purpose): string => keyedHash(env().AUTH_SECRET, purpose);
