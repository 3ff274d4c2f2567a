import "server-only";
import type { z } from "zod";
import type { Db } from "@/db/client";
import type { Ctx, Permission } from "@/server/context";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What a route that needs no sign-in gets. */
export type PublicCtx = { db: Db; now: Date; requestId: string; ip: string; userAgent: string | null };

type Parsed<P, Q, B> = { params: P; query: Q; body: B; headers: Headers };

type Shape<P, Q, B> = {
  method: Method;
  /** Below /api/v1, e.g. `/trips/{id}/assign`. A parameter must be a UUID unless `params` says otherwise. */
  path: `/${string}`;
  /** One line for the docs, in the field's words. */
  summary: string;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  response?: z.ZodType;
  /** Media types it answers with as well, by what the query asks for. */
  files?: readonly string[];
  /** 200 unless it says otherwise: POST that creates is 201, DELETE 204. */
  status?: 200 | 201 | 202 | 204;
  /** The answer holds a secret, always or for some bodies: it is never stored under an Idempotency-Key. */
  secretAnswer?: boolean | ((body: B) => boolean);
};

export type AccessRoute<P = unknown, Q = unknown, B = unknown> = Shape<P, Q, B> & {
  permission: Permission;
  run: (ctx: Ctx, input: Parsed<P, Q, B>) => Promise<unknown>;
};
export type PublicRoute<P = unknown, Q = unknown, B = unknown> = Shape<P, Q, B> & {
  permission: "public";
  run: (ctx: PublicCtx, input: Parsed<P, Q, B>) => Promise<unknown>;
};
/** A route as the registry holds it: its own types are closed over. */
export type Route = AccessRoute | PublicRoute;

/**
 * A route for signed-in people and API keys. `run` answers with a JSON value, or with a `Response` where the format is
 * not JSON. The schemas feed validation, the OpenAPI document and the docs.
 */
export const defineRoute = <P = Record<string, string>, Q = Record<string, string>, B = undefined>(
  route: AccessRoute<P, Q, B>,
): Route => route as unknown as Route;

/** A route anybody may call (sign-in). */
export const definePublicRoute = <P = Record<string, string>, Q = Record<string, string>, B = undefined>(
  route: Omit<PublicRoute<P, Q, B>, "permission">,
): Route => ({ ...route, permission: "public" }) as unknown as Route;
