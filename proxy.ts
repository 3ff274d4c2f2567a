import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, securityHeaders } from "@/server/auth/content-security";

/** Pages that are there without a session. */
const OPEN = ["/sign-in", "/link", "/away"];
const isOpen = (path: string) => OPEN.some((open) => path === open || path.startsWith(`${open}/`));

/**
 * Before every page: a policy with a nonce of its own, and a look whether there is a cookie at all. What the cookie is
 * worth, the layouts find out.
 */
export function proxy(request: NextRequest): NextResponse {
  const { PUBLIC_URL, PUSHER_HOST, PUSHER_PORT, MAP_STYLE_URL, NODE_ENV } = process.env;
  const { PUSHER_PUBLIC_HOST, PUSHER_PUBLIC_PORT } = process.env;
  const [realtimeHost, realtimePort] = PUSHER_PUBLIC_HOST
    ? [PUSHER_PUBLIC_HOST, PUSHER_PUBLIC_PORT]
    : [PUSHER_HOST, PUSHER_PORT];
  const isHttps = PUBLIC_URL?.startsWith("https://") ?? false;
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    host: request.headers.get("host") ?? request.nextUrl.host,
    isDev: NODE_ENV === "development",
    isHttps,
    realtimeHost: PUSHER_HOST ? [realtimeHost, realtimePort].filter(Boolean).join(":") : undefined,
    mapOrigin: MAP_STYLE_URL ? new URL(MAP_STYLE_URL).origin : undefined,
  });
  const response = hasSession(request, isHttps) ? goOn(request, { nonce, policy }) : toSignIn(request);
  const headers = { "Content-Security-Policy": policy, ...securityHeaders(isHttps) };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function hasSession(request: NextRequest, isHttps: boolean): boolean {
  const name = `${isHttps ? "__Host-" : ""}rb-${process.env.INSTANCE_ID || "runboard"}-session`;
  return isOpen(request.nextUrl.pathname) || request.cookies.has(name);
}

/** Next puts the nonce it finds in the request's policy on its own scripts; our layout reads `x-nonce`. */
function goOn(request: NextRequest, { nonce, policy }: { nonce: string; policy: string }): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", policy);
  return NextResponse.next({ request: { headers } });
}

function toSignIn(request: NextRequest): NextResponse {
  const url = request.nextUrl.clone();
  const wanted = url.pathname;
  url.pathname = "/sign-in";
  url.search = wanted === "/" ? "" : `?next=${encodeURIComponent(wanted)}`;
  return NextResponse.redirect(url);
}

/** Pages only: not the API, tiles, probes, nor files. */
export const config = { matcher: ["/((?!api/|_next/|tiles/|metrics/?$|app/|.*\\.[a-z0-9]+$).*)"] };
