import "server-only";
import { DeviceToken } from "@/server/domain/people/sign-in";
import { env } from "@/server/env";

/** Are we reached by https, so that cookies must be Secure? */
export const isSecure = (): boolean => env().PUBLIC_URL?.startsWith("https://") ?? false;

/**
 * Cookie names of this installation. They carry its id, because cookies ignore ports; over https the prefix makes
 * browsers refuse a cookie of that name from anywhere else.
 */
export const cookieNames = () => {
  const prefix = isSecure() ? "__Host-" : "";
  const name = (what: string) => `${prefix}rb-${env().INSTANCE_ID}-${what}`;
  return {
    session: name("session"),
    csrf: name("csrf"),
    callback: name("callback"),
    device: name("device"),
    state: name("state"),
    nonce: name("nonce"),
    pkce: name("pkce"),
  };
};

/** What an earlier sign-in of this browser left; a cookie that somebody changed is none. */
export const deviceTokenOf = (headers: Headers): string | undefined =>
  DeviceToken.safeParse(readCookies(headers).get(cookieNames().device)).data;

/** The cookies of a request by name. */
export function readCookies(headers: Headers): Map<string, string> {
  const pairs = (headers.get("cookie") ?? "").split(";").map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, at).trim(), at < 0 ? "" : part.slice(at + 1).trim()] as const;
  });
  return new Map(pairs.filter(([name]) => name !== ""));
}
