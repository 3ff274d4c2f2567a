import { createHash, createHmac, timingSafeEqual } from "node:crypto";

type Credentials = { key: string; secret: string };

const hmac = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether `auth` lets this socket join a private or presence channel. */
export const isChannelAuth = (app: Credentials, auth: string, socketId: string, channel: string, data?: string) =>
  isSame(auth, `${app.key}:${hmac(app.secret, `${socketId}:${channel}${data === undefined ? "" : `:${data}`}`)}`);

/** Whether `auth` signs this socket in as the user in `userData`. */
export const isUserAuth = (app: Credentials, auth: string, socketId: string, userData: string) =>
  isSame(auth, `${app.key}:${hmac(app.secret, `${socketId}::user::${userData}`)}`);

/** Why a request to the HTTP API is not signed by this app, or null when it is. */
export function requestSignatureFault(app: Credentials, method: string, url: URL, body: Buffer, nowMs: number) {
  const query = url.searchParams;
  if (query.get("auth_key") !== app.key) return "unknown auth_key";
  const skewS = Math.abs(nowMs / 1000 - Number(query.get("auth_timestamp")));
  if (!(skewS < 600)) return "auth_timestamp expired";
  if (body.length > 0 && query.get("body_md5") !== createHash("md5").update(body).digest("hex"))
    return "body_md5 mismatch";
  const signed = [...query]
    .filter(([name]) => name !== "auth_signature")
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const expected = hmac(app.secret, `${method}\n${url.pathname}\n${signed}`);
  return isSame(query.get("auth_signature") ?? "", expected) ? null : "invalid auth_signature";
}
