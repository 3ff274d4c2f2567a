import "server-only";
import { encodeCookie } from "@/server/auth/cookie-codec";
import { cookieNames, deviceTokenOf, isSecure } from "@/server/auth/cookies";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { assertSameOrigin } from "@/server/auth/same-origin";
import { keyFor } from "@/server/auth/secrets";
import { database } from "@/server/database";
import { CREW_LIFE_S } from "@/server/domain/people/session-state";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { SwitchAgencyInput, switchAgency } from "@/server/services/people/switch-agency";
import { parseWith, readJsonBody } from "./rest/kit/parse";
import { errorResponse } from "./rest/kit/respond";

/** `POST {agencyId}` from a console: goes on in another agency of the same person, by a new cookie. */
export async function answerSwitch(request: Request): Promise<Response> {
  const requestId = newId();
  try {
    assertSameOrigin(request);
    const actor = await actorFromCookies(request);
    if (!actor) throw new AppError("unauthenticated", "sign in first");
    const input = parseWith(SwitchAgencyInput, await readJsonBody(request), "the body");
    const { headers } = request;
    const device = {
      network: "console",
      userAgent: headers.get("user-agent"),
      deviceToken: deviceTokenOf(headers),
    };
    const ctx = { db: database(), actor, now: new Date(), requestId };
    const { sessionId, user } = await switchAgency(ctx, device, input);
    return Response.json(user, {
      headers: { "Set-Cookie": await sessionCookie(sessionId), "Cache-Control": "no-store" },
    });
  } catch (error) {
    return errorResponse(error, requestId);
  }
}

/** The same cookie as next-auth sets. */
async function sessionCookie(sid: string): Promise<string> {
  const value = await encodeCookie({ token: { sid }, secret: keyFor("console-cookie"), maxAge: CREW_LIFE_S });
  const expires = new Date(Date.now() + CREW_LIFE_S * 1000).toUTCString();
  const secure = isSecure() ? ["Secure"] : [];
  return [
    `${cookieNames().session}=${value}`,
    "Path=/",
    `Expires=${expires}`,
    "HttpOnly",
    "SameSite=Lax",
    ...secure,
  ].join("; ");
}
