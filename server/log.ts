import "server-only";
import { type Logger, pino } from "pino";
import { singleton } from "@/server/singleton";

/** JSON lines on standard output. Never a query string, a token, a body or patient data: see `describeError`. */
export const log = (): Logger =>
  singleton("log", () =>
    pino({ level: process.env.LOG_LEVEL ?? (process.env.NODE_ENV === "test" ? "silent" : "info"), base: null }),
  );

type Described = { error: string; cause?: string; constraint?: string; at?: string[] };

/**
 * What may be logged of an error: its kind, a database's error code and constraint, and stack frames. Its message may
 * hold a statement's parameters, so it stays out.
 */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const constraint =
    "constraint_name" in cause && typeof cause.constraint_name === "string" ? cause.constraint_name : undefined;
  const at = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .map((line) => line.trim());
  return { error: error.name, ...(code && { cause: code }), ...(constraint && { constraint }), at };
}
