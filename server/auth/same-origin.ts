import "server-only";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";

const originsOfOurs = (headers: Headers): Set<string> => {
  const { PUBLIC_URL, ALLOWED_ORIGINS } = env();
  const host = headers.get("host");
  const given = [PUBLIC_URL, ...ALLOWED_ORIGINS.split(",").map((origin) => origin.trim())].filter(Boolean);
  const configured = given.map((origin) => new URL(String(origin)).origin);
  return new Set([...configured, ...(host ? [`http://${host}`, `https://${host}`] : [])]);
};

/**
 * A request that is let in by a cookie has to come from our own pages: by its Origin, and by Sec-Fetch-Site where the
 * browser sends it. One that shows neither is refused.
 * @throws AppError forbidden
 */
export function assertSameOrigin({ headers }: { headers: Headers }): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const bySite = site === null || site === "same-origin";
  const byOrigin = origin === null || originsOfOurs(headers).has(origin);
  if (bySite && byOrigin && (site !== null || origin !== null)) return;
  throw new AppError("forbidden", "this address takes requests of its own pages only", [
    { code: "foreign_origin", message: "sent from another site" },
  ]);
}
