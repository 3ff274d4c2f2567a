import "server-only";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { keyFor } from "./secrets";

/** Seconds an access token is good for. */
export const ACCESS_TOKEN_S = 15 * 60;

type Kind = "access-token" | "console-cookie";
const Claims = z.object({ sid: z.uuid() });
const key = (kind: Kind) => new TextEncoder().encode(keyFor(kind));

/** Signs a session's id and an expiry, nothing else: who and what for is read from the session each time. */
export const signSessionToken = (kind: Kind, sessionId: string, expiresAt: Date): Promise<string> =>
  new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(key(kind));

/** The session id in a token of this kind, null when it is forged, malformed or past its time. */
export async function readSessionToken(kind: Kind, token: string, now: Date): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, key(kind), { algorithms: ["HS256"], currentDate: now });
    return Claims.safeParse(payload).data?.sid ?? null;
  } catch {
    // jose throws for every way in which a token can be wrong; to the caller they are one.
    return null;
  }
}
