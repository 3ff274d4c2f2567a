import "server-only";
import { revokeSessions } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { endAccess } from "./end-access";

/** Why a session ends: its person leaves, comes in anew in the same browser, or goes on in another agency. */
export type SignOutReason = "sign_out" | "replaced" | "switched";

/** Ends the caller's session at once, with its refresh tokens and realtime connections. */
export async function signOut(ctx: Ctx, reason: SignOutReason = "sign_out"): Promise<{ id: string; endedAt: string }> {
  const { actor, now } = ctx;
  if (actor.kind !== "user") throw new AppError("forbidden", "only people sign out");
  const { agencyId, sessionId, userId } = actor;
  await write(ctx, async (tx, uow) => {
    const ended = await revokeSessions(tx, agencyId, { id: sessionId }, { at: now, reason });
    await endAccess(tx, uow, agencyId, userId);
    if (ended.length > 0) uow.audit({ action: "session.end", entity: "session", entityId: sessionId });
  });
  return { id: sessionId, endedAt: now.toISOString() };
}
