import "server-only";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { assertSameOrigin } from "@/server/auth/same-origin";
import { database } from "@/server/database";
import { newId } from "@/server/ids";
import type { RequestCtx } from "./trpc";

/** What a console's request brings: its session by cookie, from our own origin only. */
export async function consoleContext(request: Request): Promise<RequestCtx> {
  assertSameOrigin(request);
  const actor = await actorFromCookies(request);
  const locked = actor?.kind === "user" && actor.locked === true;
  return { db: database(), actor, locked, now: new Date(), requestId: newId() };
}
