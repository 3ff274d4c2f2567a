import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { limitedBody } from "@/server/api/limited-body";
import { cookieNames, deviceTokenOf, isSecure } from "@/server/auth/cookies";
import { nextAuthOptions } from "@/server/auth/next-auth";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { networkOf, requestIp } from "@/server/client-address";
import { database } from "@/server/database";
import { env } from "@/server/env";
import { newId } from "@/server/ids";
import { signOut } from "@/server/services/people/sign-out";

/** A single sign-on comes back by GET, so that the largest body is a password's form. */
const MAX_FORM_BYTES = 16_384;
const DEVICE_COOKIE_S = 400 * 24 * 3600;
type Context = { params: Promise<{ nextauth: string[] }> };

/** Signing in and out of the console. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  tellAddress();
  const { headers } = request;
  const ctx = { db: database(), now: new Date(), requestId: newId() };
  const deviceToken = deviceTokenOf(headers);
  const network = networkOf(requestIp(headers));
  let newDevice: string | undefined;
  const options = nextAuthOptions({
    visitor: { ...ctx, network, userAgent: headers.get("user-agent"), deviceToken },
    onStarted: async (started) => {
      newDevice = started.deviceToken;
      const before = await actorFromCookies(request);
      if (before) await signOut({ ...ctx, actor: before }, "replaced");
    },
    onSignOut: async () => {
      const actor = await actorFromCookies(request);
      if (actor) await signOut({ ...ctx, actor });
    },
    isLive: async () => (await actorFromCookies(request)) !== null,
  });
  const response = (await NextAuth(request, context, options)) as Response;
  if (newDevice) response.headers.append("Set-Cookie", deviceCookie(newDevice));
  return response;
}

/** next-auth reads its own address from these: the configured one, else the one the request was sent to. */
function tellAddress(): void {
  const { PUBLIC_URL } = env();
  if (PUBLIC_URL) process.env.NEXTAUTH_URL = new URL(PUBLIC_URL).origin;
  else process.env.AUTH_TRUST_HOST = "1";
}

/** Kept when signing out: it says that this browser was here before, and opens nothing. */
const deviceCookie = (token: string): string =>
  [
    `${cookieNames().device}=${token}`,
    "Path=/",
    `Max-Age=${DEVICE_COOKIE_S}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure() ? ["Secure"] : []),
  ].join("; ");

/** Forms of a few fields: more is not read. */
async function handlePost(request: NextRequest, context: Context): Promise<Response> {
  const body = await limitedBody(request, MAX_FORM_BYTES);
  if (body instanceof Response) return body;
  return handle(new NextRequest(request.url, { method: "POST", headers: request.headers, body }), context);
}

export { handle as GET, handlePost as POST };
