/** Every error a caller may see, with its HTTP status. */
export const HTTP_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  bad_credentials: 401,
  totp_required: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  unit_busy: 409,
  in_progress: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rule_broken: 422,
  rate_limited: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS;

/** Why a request was refused: a stable code, a path into what was sent, and words for a person. Never patient data. */
export type Reason = { path?: string; code: string; message: string; current?: unknown };

/** An expected failure. Anything else that is thrown is a bug and stays opaque to the caller. */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly reasons: Reason[] = [],
    /** Seconds after which a retry makes sense; sent as Retry-After. */
    readonly retryAfterS?: number,
  ) {
    super(message);
  }

  get httpStatus(): number {
    return HTTP_STATUS[this.code];
  }
}

export const notFound = (what: string) => new AppError("not_found", `${what} not found`);

/** A 409 that tells the caller what the row looks like now. */
export const staleVersion = (current: unknown) =>
  new AppError("conflict", "changed by somebody else meanwhile", [
    { path: "version", code: "stale", message: "this row was changed meanwhile", current },
  ]);

/** A 422 for one field. */
export const ruleBroken = (path: string, code: string, message: string) =>
  new AppError("rule_broken", message, [{ path, code, message }]);
