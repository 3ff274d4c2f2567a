import "server-only";
import { translateLost } from "@/server/database-watch";
import { AppError } from "@/server/errors";
import { describeError, log } from "@/server/log";

/** The JSON answer of an error: `{error: {code, message, reasons}}`. What is not expected says nothing but `internal`. */
export function errorResponse(thrown: unknown, requestId: string): Response {
  const error = translateLost(thrown);
  if (!(error instanceof AppError)) {
    log().error({ requestId, ...describeError(error) }, "request failed");
    const body = { error: { code: "internal", message: "something went wrong on our side", reasons: [] } };
    return Response.json(body, { status: 500 });
  }
  const { code, message, reasons, httpStatus, retryAfterS } = error;
  const headers =
    retryAfterS === undefined ? undefined : { "Retry-After": String(Math.max(1, Math.ceil(retryAfterS))) };
  return Response.json({ error: { code, message, reasons } }, { status: httpStatus, headers });
}

/** A route's result as a response: `Response` as it is, nothing as 204, anything else as JSON. */
export function resultResponse(result: unknown, status: number): Response {
  if (result instanceof Response) return result;
  if (status === 204) return new Response(null, { status });
  return Response.json(result, { status, headers: { "Cache-Control": "no-store" } });
}
