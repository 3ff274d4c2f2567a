import "server-only";
import { revokeSessions } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { endAccess } from "./end-access";

/** Ends the caller's session at once, with its refresh tokens and realtime connections. */
export async function signOut(ctx: Ctx): Promise<{ id: string; endedAt: string }> {
  const { actor, now } = ctx;
  if (actor.kind !== "user") throw new AppError("forbidden", "only people sign out");
  const { agencyId, sessionId, userId } = actor;
  await write(ctx, async (tx, uow) => {
    const ended = await revokeSessions(tx, agencyId, { id: sessionId }, { at: now, reason: "sign_out" });
    await endAccess(tx, uow, agencyId, userId);
    if (ended.length > 0) uow.audit({ action: "session.end", entity: "session", entityId: sessionId });
  });
  return { id: sessionId, endedAt: now.toISOString() };
}
