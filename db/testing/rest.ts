import { beforeAll } from "vitest";
import { handleRest } from "@/server/api/rest/kit/handle";
import { matchRoute } from "@/server/api/rest/registry";
import { trustClientIpHeader } from "@/server/client-address";
import { setDatabase } from "@/server/database";
import { singleton } from "@/server/singleton";
import type { TestDatabase } from "./database";

type Call = { token?: string; body?: unknown; headers?: Record<string, string> };
export type Answer = { status: number; headers: Headers; body: unknown };

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
    return { status: response.status, headers: response.headers, body: text === "" ? null : parsed };
  };
}
