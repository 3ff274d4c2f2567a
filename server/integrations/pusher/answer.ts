/** The realtime server did not take a call. Holds no address, signature or payload. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";
  constructor(
    message: string,
    /** HTTP status, or the one that Soketi puts into the body of its 200; undefined when there was no answer. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** By name: the publisher and who asks it may come from two bundles of one process, each with a class of its own. */
export const isRealtimeError = (error: unknown): error is RealtimeError =>
  error instanceof Error && error.name === "RealtimeError";

/**
 * Reads an answer of the HTTP API.
 * Soketi 1.6.1 answers errors with status 200 and says so in the body only.
 * @throws RealtimeError when the body is no JSON object or names an error
 */
export function readAnswer(text: string): Record<string, unknown> {
  const body = parseObject(text);
  if (!body) throw new RealtimeError("the answer is no JSON object");
  const code = [body["code"], body["status"]].find((value) => typeof value === "number" && value >= 400);
  const isRefused = "error" in body || code !== undefined || body["ok"] === false;
  if (isRefused)
    throw new RealtimeError("refused in the body of an answer", typeof code === "number" ? code : undefined);
  return body;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
