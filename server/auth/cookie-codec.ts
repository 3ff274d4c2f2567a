import "server-only";
import { decode, encode, type JWT, type JWTDecodeParams, type JWTEncodeParams } from "next-auth/jwt";
import { CREW_LIFE_S } from "@/server/domain/people/session-state";
import { readSessionToken, signSessionToken } from "./session-tokens";

/**
 * The console's cookie holds a signed session id and nothing else. next-auth also seals the state, nonce and PKCE
 * verifier of a single sign-on with these two, under a salt: those stay encrypted its own way.
 */
export async function encodeCookie(params: JWTEncodeParams): Promise<string> {
  const { token, salt, maxAge = CREW_LIFE_S } = params;
  if (salt) return encode(params);
  if (typeof token?.sid !== "string") throw new Error("the cookie holds a session id");
  return signSessionToken("console-cookie", token.sid, new Date(Date.now() + maxAge * 1000));
}

export async function decodeCookie(params: JWTDecodeParams): Promise<JWT | null> {
  const { token, salt } = params;
  if (salt) return decode(params);
  const sid = token ? await readSessionToken("console-cookie", token, new Date()) : null;
  return sid ? { sid } : null;
}
