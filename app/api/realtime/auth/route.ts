import { refuseAllBut } from "@/server/api/refuse-method";
import { takeForActor } from "@/server/api/rest/kit/rate-limit";
import { errorResponse } from "@/server/api/rest/kit/respond";
import { actorFromCookies, actorFromRequest } from "@/server/auth/resolve-actor";
import { assertSameOrigin } from "@/server/auth/same-origin";
import type { Actor, Ctx } from "@/server/context";
import { database } from "@/server/database";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { realtimePublisher } from "@/server/realtime/start";
import { authorizationAnswer, readAuthorizationRequest } from "@/server/services/realtime/authorization-wire";
import { authorizeChannels } from "@/server/services/realtime/authorize-channels";

export const dynamic = "force-dynamic";

/**
 * Signs private channels, and the socket's person when no channel is named: pusher-js calls it, with the console's
 * session or with a bearer token.
 */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const requestId = newId();
  try {
    const actor = await requireActor(request);
    await takeForActor(actor, now.getTime());
    const { input, isBatch } = await readAuthorizationRequest(request);
    const ctx: Ctx = { db: database(), actor, now, requestId };
    const authorized = await authorizeChannels(ctx, input, realtimePublisher());
    return Response.json(authorizationAnswer(authorized, isBatch), { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return errorResponse(error, requestId);
  }
}

/** A foreign page's request is refused although it brings the cookie; one without either credential is nobody's. */
async function requireActor(request: Request): Promise<Actor> {
  const isBearer = request.headers.has("authorization");
  const actor = await (isBearer ? actorFromRequest(request) : actorFromCookies(request));
  if (!actor) throw new AppError("unauthenticated", "sign in first");
  if (!isBearer) assertSameOrigin(request);
  return actor;
}

export const { DELETE, GET, PATCH, PUT } = refuseAllBut("POST");
