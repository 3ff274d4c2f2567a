import "server-only";
import { describeError, log } from "@/server/log";

/** Logs what went wrong: the error's kind and code. Its message and fields may hold what somebody sent. */
export const report =
  (what: string) =>
  (error: unknown): void =>
    log().error(describeError(error), what);
