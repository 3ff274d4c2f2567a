import "server-only";
import { lockSession, revokeSessions } from "@/db/queries/sessions";
import { type Ctx, hasRole } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { endAccess } from "./end-access";
import { personOf } from "./prove-password";

/**
 * Ends a session at once: one's own, or as an admin anybody's of the agency. Once is as good as twice.
 * @throws AppError not_found, also for somebody else's session
 */
export const revokeSession = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const person = personOf(ctx);
    const { agencyId, userId } = person;
    const session = await lockSession(tx, agencyId, id);
    if (!session || (session.userId !== userId && !hasRole(person, "admin"))) throw notFound("session");
    const ended = await revokeSessions(tx, agencyId, { id }, { at: ctx.now, reason: "revoked" });
    if (ended.length === 0) return;
    await endAccess(tx, uow, agencyId, session.userId);
    uow.audit({ action: "session.revoke", entity: "session", entityId: id });
  });
