import "server-only";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { assertSameOrigin } from "@/server/auth/same-origin";
import { isLocked } from "@/server/context";
import { database } from "@/server/database";
import { requireDatabase, translateLost } from "@/server/database-watch";
import { READ_AFTER_HEADER } from "@/server/domain/wire/read-after";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { replicaFor } from "@/server/replicas";
import { type RequestCtx, trpcError } from "./trpc";

/** What a console's request brings: its session by cookie, from our own origin only. */
export async function consoleContext(request: Request): Promise<RequestCtx> {
  const actor = await expected(async () => {
    assertSameOrigin(request);
    requireDatabase();
    return actorFromCookies(request);
  });
  const locked = actor !== null && isLocked(actor);
  const readAfter = request.headers.get(READ_AFTER_HEADER);
  const committed: NonNullable<RequestCtx["committed"]> = { position: null };
  return {
    db: database(),
    actor,
    locked,
    now: new Date(),
    requestId: newId(),
    pickReplica: () => replicaFor(readAfter),
    onCommitted: (position) => {
      committed.position = position;
    },
    committed,
  };
}

/** tRPC takes whatever else is thrown before a procedure for a fault of ours. @throws TRPCError */
async function expected<T>(find: () => Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (thrown) {
    const error = translateLost(thrown);
    throw error instanceof AppError ? trpcError(error) : error;
  }
}
