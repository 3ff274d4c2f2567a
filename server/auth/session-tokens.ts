import "server-only";
import { jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { singleton } from "@/server/singleton";
import { keyFor } from "./secrets";

/** Seconds an access token is good for. */
export const ACCESS_TOKEN_S = 15 * 60;

type Kind = "access-token" | "console-cookie";
const Claims = z.object({ sid: z.uuid(), exp: z.number() });
const key = (kind: Kind) => new TextEncoder().encode(keyFor(kind));

/** Signs a session's id and an expiry, nothing else: who and what for is read from the session each time. */
export const signSessionToken = (kind: Kind, sessionId: string, expiresAt: Date): Promise<string> =>
  new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(key(kind));

type Read = { sid: string; expiresAtMs: number };
/** A console shows the same token with every question: it is verified once. In this process's memory only. */
const verified = () =>
  singleton("verified-tokens", () => new LRUCache<string, Read>({ max: 10_000, ttl: ACCESS_TOKEN_S * 1000 }));

/** The session id in a token of this kind, null when it is forged, malformed or past its time. */
export async function readSessionToken(kind: Kind, token: string, now: Date): Promise<string | null> {
  const known = verified().get(`${kind} ${token}`);
  if (known) return known.expiresAtMs > now.getTime() ? known.sid : null;
  try {
    const { payload } = await jwtVerify(token, key(kind), { algorithms: ["HS256"], currentDate: now });
    const { sid, exp } = Claims.parse(payload);
    verified().set(`${kind} ${token}`, { sid, expiresAtMs: exp * 1000 });
    return sid;
  } catch {
    // jose and zod throw for every way in which a token can be wrong; to the caller they are one.
    return null;
  }
}
