import "server-only";
import { setSessionSeen } from "@/db/queries/last-seen";
import { updateSession } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { write } from "@/server/services/unit-of-work";
import { forgetCachedAccess } from "./end-access";
import { personOf, provePassword } from "./prove-password";

/** Locks the caller's console: from now on it gets no patient data, until the password is entered. */
export const lockConsole = (ctx: Ctx): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId, sessionId } = personOf(ctx);
    await updateSession(tx, agencyId, sessionId, { lockedAt: ctx.now });
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "session.lock", entity: "session", entityId: sessionId });
  });

/** Opens a locked console again. @throws AppError rule_broken (wrong_password), rate_limited */
export async function unlockConsole(ctx: Ctx, password: string): Promise<void> {
  const { agencyId, sessionId } = await provePassword(ctx, password);
  await write(ctx, async (tx, uow) => {
    await updateSession(tx, agencyId, sessionId, { lockedAt: null, lastSeenAt: ctx.now });
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "session.unlock", entity: "session", entityId: sessionId });
  });
}

/** Notes that the person at the console is active. A locked one stays as it is: only the password opens it. */
export async function touchConsole(ctx: Ctx): Promise<void> {
  const { agencyId, sessionId, locked } = personOf(ctx);
  if (!locked) await write(ctx, (tx) => setSessionSeen(tx, agencyId, sessionId, ctx.now));
}
