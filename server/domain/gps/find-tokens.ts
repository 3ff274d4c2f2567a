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

/**
 * Every token the request carries, the strongest way of sending one first; nothing when there is none. One after the
 * other: mostly the first one opens, and the rest need not be looked for.
 */
export function* findTokens(sources: TokenSources): Generator<string> {
  for (const value of candidates(sources)) {
    const token = typeof value === "string" ? value.trim() : "";
    if (token !== "") yield token;
  }
}

function* candidates({ authorization, query, form, json, pathTail }: TokenSources): Generator<unknown> {
  yield bearer(authorization);
  yield basicPassword(authorization);
  // All of them: an app may add an id of its own behind the one in the address it was given.
  for (const params of [query, form]) for (const name of ["token", "id", "deviceid"]) yield* params.getAll(name);
  const envelope = fieldsOf(Array.isArray(json) ? json[0] : json);
  for (const id of [envelope.device_id, envelope.id, envelope.deviceid]) yield typeof id === "number" ? String(id) : id;
  yield pathTail;
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
