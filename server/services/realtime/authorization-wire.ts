import "server-only";
import { AppError } from "@/server/errors";
import { readLimited } from "@/server/read-limited";
import { AuthorizeChannelsInput, type Authorized } from "./authorize-channels";

const MAX_BYTES = 64 * 1024;

/**
 * Reads what pusher-js and its batch plug-ins send: a form or JSON with `socket_id` and `channel_name`,
 * `channel_name[]` or `channel_name[0]`.
 * @throws AppError invalid, too_large or unsupported_media_type
 */
export async function readAuthorizationRequest(request: Request) {
  const text = (await readLimited(request, MAX_BYTES))?.toString("utf8");
  if (text === undefined) throw new AppError("too_large", "the request is too large");
  const type = request.headers.get("content-type") ?? "";
  const isJson = /\bjson\b/i.test(type);
  if (!isJson && type !== "" && !/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new AppError("unsupported_media_type", "send a form or JSON");
  }
  const { socketId, names, isBatch } = isJson ? fromJson(text) : fromForm(new URLSearchParams(text));
  const parsed = AuthorizeChannelsInput.safeParse({ socketId, channels: names });
  if (parsed.success) return { input: parsed.data, isBatch };
  throw new AppError(
    "invalid",
    "the request is no channel authorization",
    parsed.error.issues.map(({ path, message }) => ({
      path: path[0] === "socketId" ? "socket_id" : "channel_name",
      code: "invalid",
      message,
    })),
  );
}

function fromForm(form: URLSearchParams) {
  const batch = [...form].filter(([name]) => /^channel_name\[\d*\]$/.test(name)).map(([, value]) => value);
  const single = form.getAll("channel_name");
  return {
    socketId: form.get("socket_id"),
    names: [...single, ...batch],
    isBatch: batch.length > 0 || single.length > 1,
  };
}

function fromJson(text: string) {
  const body = parseObject(text);
  const names = body["channel_name"] ?? body["channel_name[]"] ?? [];
  return {
    socketId: body["socket_id"],
    names: Array.isArray(names) ? names : [names],
    isBatch: Array.isArray(names) && names.length > 0,
  };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AppError("invalid", "the body is no JSON object");
}

/**
 * The answer as the asker expects it: one channel's signature, the person's without a channel, or for a batch each
 * channel with a status of its own (and the signature beside it, for clients that look there).
 */
export function authorizationAnswer({ channels, user }: Authorized, isBatch: boolean) {
  if (channels.size === 0) return user;
  if (!isBatch) return [...channels.values()][0] ?? {};
  return Object.fromEntries(
    [...channels].map(([name, signed]) => [name, signed ? { status: 200, data: signed, ...signed } : { status: 403 }]),
  );
}
