import type { IncomingMessage } from "node:http";

/**
 * Whether the page that opened this socket may: browsers always send their origin, other clients send none.
 * @param allowedOrigins - further origins (`https://host[:port]`) beside the server's own
 */
export function isOriginAllowed(
  { headers }: IncomingMessage,
  allowedOrigins: string[],
  isPeerTrusted: boolean,
): boolean {
  const { origin } = headers;
  if (origin === undefined) return true;
  if (allowedOrigins.includes(origin)) return true;
  const own = [headers.host, isPeerTrusted ? headers["x-forwarded-host"] : undefined].flat();
  return URL.canParse(origin) && own.includes(new URL(origin).host);
}
