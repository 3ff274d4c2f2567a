import { beforeAll, expect } from "vitest";
import { z } from "zod";
import { handleRest } from "@/server/api/rest/kit/handle";
import type { Route } from "@/server/api/rest/kit/route";
import { openApiDocument } from "@/server/api/rest/openapi";
import { matchRoute, routes } from "@/server/api/rest/registry";
import { trustClientIpHeader } from "@/server/client-address";
import { setDatabase } from "@/server/database";
import { singleton } from "@/server/singleton";
import type { TestDatabase } from "./database";

type Call = { token?: string; body?: unknown; headers?: Record<string, string> };
export type Answer = { status: number; headers: Headers; body: unknown };

/** What a route answers is what the OpenAPI document says of it: nothing missing, nothing besides. */
function expectDocumented(method: string, pathname: string, answer: Response, body: unknown): void {
  const found = matchRoute(method, pathname.slice("/api/v1".length));
  if (found.kind !== "route" || !found.route.response) return;
  const parsed = documented(found.route).safeParse(body);
  const faults = parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  expect([method, found.template, answer.status, faults]).toEqual([method, found.template, answer.status, undefined]);
}

const schemas = new Map<Route, z.ZodType>();
let document: ReturnType<typeof openApiDocument> | undefined;

/** A route's answer as the OpenAPI document has it, read back. */
function documented(route: Route): z.ZodType {
  const known = schemas.get(route);
  if (known) return known;
  document ??= openApiDocument(routes);
  const { responses } = document.paths?.[`/api/v1${route.path}`]?.[route.method.toLowerCase() as "get"] ?? {};
  const said = responses?.[route.status ?? 200] as { content: { "application/json": { schema: object } } };
  const whole = { ...said.content["application/json"].schema, $defs: document.components?.schemas };
  const made = z.fromJSONSchema(JSON.parse(JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/")));
  schemas.set(route, made);
  return made;
}

/** `/api/v1` over the test's database, with everything that is around a route, but no socket. */
export function useRest(database: TestDatabase) {
  beforeAll(() => {
    setDatabase(database.db);
    // The server in front of Next, which tells the address, is the test itself.
    trustClientIpHeader();
    // One process only: nobody to hear revocations from.
    singleton("revocations", () => true);
  });
  return async (method: string, path: string, { token, body, headers }: Call = {}): Promise<Answer> => {
    const request = new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await handleRest(request, new URL(request.url).pathname.slice("/api/v1".length), matchRoute);
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    const parsed: unknown = isJson ? JSON.parse(text) : text;
    if (response.ok && response.headers.get("content-type") === "application/json")
      expectDocumented(method, new URL(request.url).pathname, response, parsed);
    return { status: response.status, headers: response.headers, body: text === "" ? null : parsed };
  };
}
