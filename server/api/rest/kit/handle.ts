import "server-only";
import { actorFromRequest } from "@/server/auth/resolve-actor";
import { networkOf, requestIp } from "@/server/client-address";
import type { Actor, Ctx } from "@/server/context";
import { database } from "@/server/database";
import { requireDatabase } from "@/server/database-watch";
import { isAllowed } from "@/server/domain/people/permissions";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { metrics } from "@/server/metrics";
import { onceByKey } from "./idempotency";
import type { Match } from "./match";
import { parseParams, parseWith, readJsonBody } from "./parse";
import { takeForActor, takeFromNetwork } from "./rate-limit";
import { errorResponse, resultResponse } from "./respond";
import type { AccessRoute, PublicRoute, Route } from "./route";

type Call = { request: Request; now: Date; requestId: string; network: string; ip: string };

/** Answers one REST request through the registry: the only place where errors of `/api/v1` become JSON. */
export async function handleRest(
  request: Request,
  path: string,
  match: (method: string, path: string) => Match,
): Promise<Response> {
  const found = match(request.method, path);
  const ip = requestIp(request.headers);
  const call = { request, now: new Date(), requestId: newId(), ip, network: networkOf(ip) };
  const template = found.kind === "none" ? "unmatched" : found.template;
  const stop = metrics().requestSeconds.startTimer({ method: request.method, route: template });
  const response = await answer(call, found).catch((error: unknown) => errorResponse(error, call.requestId));
  stop({ status: String(response.status) });
  response.headers.set("X-Request-Id", call.requestId);
  return response;
}

async function answer(call: Call, found: Match): Promise<Response> {
  if (found.kind !== "route") await countStranger(call);
  if (found.kind === "none") throw new AppError("not_found", "no such path");
  if (found.kind === "method" && call.request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { Allow: [...found.allow, "OPTIONS"].join(", ") } });
  }
  if (found.kind === "method") {
    const refused = errorResponse(
      new AppError("method_not_allowed", "this path does not take that method"),
      call.requestId,
    );
    refused.headers.set("Allow", found.allow.join(", "));
    return refused;
  }
  requireDatabase();
  const { route, params } = found;
  return route.permission === "public" ? answerPublic(call, route, params) : answerActor(call, route, params);
}

async function answerPublic(call: Call, route: PublicRoute, params: Record<string, string>): Promise<Response> {
  const giveBack = await takeFromNetwork(call.network, call.now.getTime());
  const input = await parseInput(call, route, params);
  const ctx = {
    db: database(),
    now: call.now,
    requestId: call.requestId,
    ip: call.ip,
    userAgent: call.request.headers.get("user-agent"),
  };
  const response = resultResponse(await route.run(ctx, input), route.status ?? 200);
  giveBack();
  return response;
}

async function answerActor(call: Call, route: AccessRoute, params: Record<string, string>): Promise<Response> {
  const actor = await requireActor(call);
  await takeForActor(actor, call.now.getTime());
  assertAllowed(actor, route);
  const input = await parseInput(call, route, params);
  const ctx: Ctx = { db: database(), actor, now: call.now, requestId: call.requestId };
  const act = async (within: Ctx) => resultResponse(await route.run(within, input), route.status ?? 200);
  const key = call.request.method === "POST" ? call.request.headers.get("idempotency-key") : null;
  if (!key) return act(ctx);
  const path = new URL(call.request.url).pathname.replace(/\/+$/, "");
  const actSafely = (within: Ctx) => act(within).catch((error: unknown) => errorResponse(error, call.requestId));
  const { secretAnswer: secret } = route;
  const secretAnswer = typeof secret === "function" ? secret(input.body) : (secret ?? false);
  const once = { key, method: call.request.method, path, body: input.body, secretAnswer };
  return onceByKey(ctx, once, actSafely);
}

/** @throws AppError unauthenticated; a network that keeps failing is slowed down */
async function requireActor(call: Call): Promise<Actor> {
  const actor = await actorFromRequest(call.request);
  if (actor) return actor;
  await takeFromNetwork(call.network, call.now.getTime());
  throw new AppError("unauthenticated", "send a valid token as Authorization: Bearer");
}

/** Who looks for paths that are none without saying who they are: it counts like any other failure. */
async function countStranger(call: Call): Promise<void> {
  const actor = await actorFromRequest(call.request);
  if (!actor) await takeFromNetwork(call.network, call.now.getTime());
}

function assertAllowed(actor: Actor, route: AccessRoute): void {
  const holder =
    actor.kind === "user" ? { roles: actor.roles } : actor.kind === "api_key" ? { scopes: actor.scopes } : {};
  if (!isAllowed(route.permission, holder)) throw new AppError("forbidden", "your role may not do this");
}

/** A parameter that is given several times is a list, as if it were written with commas. */
const queryOf = (params: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name).join(",")]));

async function parseInput(call: Call, route: Route, params: Record<string, string>) {
  const url = new URL(call.request.url);
  const query = queryOf(url.searchParams);
  const hasBody = route.body !== undefined && call.request.method !== "GET";
  return {
    headers: call.request.headers,
    params: parseParams(route.params, params),
    query: route.query ? parseWith(route.query, query, "the query") : query,
    body: hasBody && route.body ? parseWith(route.body, await readJsonBody(call.request), "the body") : undefined,
  };
}
