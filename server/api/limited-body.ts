import "server-only";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { readLimited } from "@/server/read-limited";
import { errorResponse } from "./rest/kit/respond";

/**
 * Reads a body for a handler that would read without a limit.
 * @param maxBytes - as sent
 * @returns the body, or the 413 to answer with
 */
export async function limitedBody(request: Request, maxBytes: number): Promise<ArrayBuffer | Response> {
  const body = await readLimited(request, maxBytes);
  if (body === null) return errorResponse(new AppError("too_large", `a body may have ${maxBytes} bytes`), newId());
  return new Uint8Array(body).buffer;
}
