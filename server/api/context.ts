import "server-only";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { assertSameOrigin } from "@/server/auth/same-origin";
import { isLocked } from "@/server/context";
import { database } from "@/server/database";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { type RequestCtx, trpcError } from "./trpc";

/** What a console's request brings: its session by cookie, from our own origin only. */
export async function consoleContext(request: Request): Promise<RequestCtx> {
  refuseForeign(request);
  const actor = await actorFromCookies(request);
  const locked = actor !== null && isLocked(actor);
  return { db: database(), actor, locked, now: new Date(), requestId: newId() };
}

/** tRPC takes whatever else is thrown before a procedure for a fault of ours. @throws TRPCError FORBIDDEN */
function refuseForeign(request: Request): void {
  try {
    assertSameOrigin(request);
  } catch (error) {
    throw error instanceof AppError ? trpcError(error) : error;
  }
}
