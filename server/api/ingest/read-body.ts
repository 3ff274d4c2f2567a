import "server-only";
import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import type { FormatRules } from "@/server/domain/gps/formats";
import { AppError } from "@/server/errors";

/** After decompression. */
export const MAX_BODY_BYTES = 1_048_576;

const UNPACK = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
]);

export const tooLarge = () => new AppError("too_large", "at most 1 MB and 2,000 fixes in one request");
const malformed = (message: string) =>
  new AppError("invalid", message, [{ path: "", code: "malformed_body", message }]);

/** A body as the parsers want it: JSON, or the values of a form; neither when there was none. */
export type Body = { json: unknown; form: URLSearchParams };
const NOTHING: Body = { json: undefined, form: new URLSearchParams() };

/**
 * Unpacks and reads a body. Phone apps label theirs as they like, so what it looks like decides, but for our own format.
 * @throws AppError too_large, unsupported_media_type, invalid
 */
export async function readBody(
  raw: Buffer,
  headers: { contentType: string; contentEncoding: string },
  kind: FormatRules["body"],
): Promise<Body> {
  const text = (await unpack(raw, headers.contentEncoding))
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trim();
  if (text === "") return NOTHING;
  const { contentType } = headers;
  if (kind === "labelled-json" && contentType !== "" && !/\bjson\b/i.test(contentType)) {
    throw new AppError("unsupported_media_type", "send application/json");
  }
  const isForm = kind === "json-or-form" && !/\bjson\b/i.test(contentType) && !/^[[{]/.test(text);
  return isForm ? { ...NOTHING, form: new URLSearchParams(text) } : { ...NOTHING, json: parseJson(text) };
}

async function unpack(raw: Buffer, encoding: string): Promise<Buffer> {
  if (raw.length > MAX_BODY_BYTES) throw tooLarge();
  const name = encoding.trim().toLowerCase();
  if (name === "" || name === "identity" || raw.length === 0) return raw;
  const decompress = UNPACK.get(name);
  if (!decompress) throw new AppError("unsupported_media_type", "send the body plain, gzip or deflate");
  try {
    // The limit stops the decompressor itself, so that a small body cannot grow into a big one.
    return await decompress(raw, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw isTooLarge ? tooLarge() : malformed("the body is not what its Content-Encoding says");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed("the body is not JSON");
    throw error;
  }
}
