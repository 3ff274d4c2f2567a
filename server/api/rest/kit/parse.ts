import "server-only";
import { z } from "zod";
import { AppError, type Reason } from "@/server/errors";
import { readLimited } from "@/server/read-limited";

export const MAX_BODY_BYTES = 1_000_000;

/** Zod's issues as reasons: the path of the field, a stable code, words without the value. */
export const reasonsOf = (error: z.ZodError): Reason[] =>
  error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join("."),
        code: "unknown_field",
        message: "unknown field",
      }));
    }
    return [{ path: issue.path.join("."), code: issue.code, message: issue.message }];
  });

/** @throws AppError invalid, naming every field that is wrong */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", `${what} is not valid`, reasonsOf(parsed.error));
}

const Uuid = z.uuid();

/** Path parameters: a malformed id names no row, so it is 404. */
export function parseParams<T>(schema: z.ZodType<T> | undefined, params: Record<string, string>): T {
  const parsed = schema ? schema.safeParse(params) : z.record(z.string(), Uuid).safeParse(params);
  if (!parsed.success) throw new AppError("not_found", "not found");
  return parsed.data as T;
}

/**
 * Reads a JSON body. No body at all is `{}`, so that actions without arguments can be posted bare.
 * @throws AppError unsupported_media_type, too_large, invalid
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const body = await readLimited(request, MAX_BODY_BYTES);
  if (body === null) throw new AppError("too_large", `a body may have ${MAX_BODY_BYTES} bytes`);
  if (body.length === 0) return {};
  const encoding = (request.headers.get("content-encoding") ?? "").trim().toLowerCase();
  if (encoding !== "" && encoding !== "identity") {
    throw new AppError("unsupported_media_type", "send the body without a Content-Encoding");
  }
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(type)) {
    throw new AppError("unsupported_media_type", "send application/json");
  }
  try {
    return JSON.parse(body.toString("utf8").replace(/^\uFEFF/, "")) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError("invalid", "the body is not JSON", [
      { path: "", code: "malformed_json", message: "the body is not JSON" },
    ]);
  }
}
