import "server-only";
import { AppError } from "@/server/errors";
import { describeError, log } from "@/server/log";
import type { IngestAnswer } from "./handler";

export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): IngestAnswer => ({
  status,
  headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store", ...headers },
  body: JSON.stringify(body),
});

/** `{error: {code, message, reasons}}`; what is not expected says nothing but `internal`. */
export function errorAnswer(error: unknown): IngestAnswer {
  if (!(error instanceof AppError)) {
    log().error(describeError(error), "a GPS request failed");
    // 503, not 500: the fix may not be stored, and every client tries again.
    const body = { error: { code: "unavailable", message: "something went wrong on our side", reasons: [] } };
    return jsonAnswer(503, body, { "Retry-After": "5" });
  }
  const { code, message, reasons, httpStatus, retryAfterS } = error;
  const headers: Record<string, string> =
    retryAfterS === undefined ? {} : { "Retry-After": String(Math.max(1, Math.ceil(retryAfterS))) };
  return jsonAnswer(httpStatus, { error: { code, message, reasons } }, headers);
}
