import { fieldsOf } from "./read-number";

/** Where a request may carry its token. User names, `tid` and `aid` are never identity. */
export type TokenSources = {
  authorization: string | undefined;
  query: URLSearchParams;
  form: URLSearchParams;
  json: unknown;
  /** What follows the format in the path, percent-decoded; empty when nothing does. */
  pathTail: string;
};

/** Every token the request carries, the strongest way of sending one first; empty when there is none. */
export function findTokens({ authorization, query, form, json, pathTail }: TokenSources): string[] {
  const envelope = fieldsOf(Array.isArray(json) ? json[0] : json);
  const candidates = [
    bearer(authorization),
    basicPassword(authorization),
    // All of them: an app may add an id of its own behind the one in the address it was given.
    ...[query, form].flatMap((params) => ["token", "id", "deviceid"].flatMap((name) => params.getAll(name))),
    ...[envelope.device_id, envelope.id, envelope.deviceid].map((id) => (typeof id === "number" ? String(id) : id)),
    pathTail,
  ];
  return candidates.flatMap((value) => (typeof value === "string" && value.trim() !== "" ? [value.trim()] : []));
}

const credentials = (authorization: string | undefined, scheme: string): string | undefined => {
  const [name = "", value] = (authorization ?? "").trim().split(/\s+/, 2);
  return name.toLowerCase() === scheme ? value : undefined;
};

const bearer = (authorization: string | undefined) => credentials(authorization, "bearer");

function basicPassword(authorization: string | undefined): string | undefined {
  const encoded = credentials(authorization, "basic");
  if (encoded === undefined || encoded.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const decoded = atob(encoded.replace(/=+$/, ""));
  const colon = decoded.indexOf(":");
  return colon < 0 ? undefined : decoded.slice(colon + 1);
}
