import { fieldsOf } from "./read-number";

/** The last value under the first of these names that is present: a repeated parameter overrides itself. */
export function lastOf(params: URLSearchParams, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = params.getAll(name).at(-1);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Query and body as one set of parameters: what the URL says wins, the form or flat JSON fills in. */
export function mergeParams(query: URLSearchParams, body: unknown): URLSearchParams {
  const merged = new URLSearchParams(query);
  const entries = body instanceof URLSearchParams ? [...body] : Object.entries(fieldsOf(body));
  for (const [name, value] of entries) {
    if (query.has(name)) continue;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      merged.append(name, String(value));
    }
  }
  return merged;
}
