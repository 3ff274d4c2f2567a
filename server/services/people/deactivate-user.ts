import "server-only";
import { closeLinks } from "@/db/queries/one-time-links";
import { countOtherAdmins, lockAgency, updateUser, userById } from "@/db/queries/people";
import { revokeSessions } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { endAccess } from "./end-access";
import { lastAdmin } from "./refusals";

/**
 * Takes a person's place in the agency away: sessions, links and connections end at once. Once is as good as twice.
 * @throws AppError not_found, rule_broken (last_admin)
 */
export const deactivateUser = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { actor, now } = ctx;
    const { agencyId } = actor;
    await lockAgency(tx, agencyId);
    const before = await userById(tx, agencyId, id);
    if (!before) throw notFound("user");
    if (before.deactivatedAt) return;
    const isAdmin = before.roles.includes("admin");
    if (isAdmin && (await countOtherAdmins(tx, agencyId, id)) === 0) throw lastAdmin();
    await updateUser(tx, { agencyId, id }, { deactivatedAt: now });
    await closeLinks(tx, agencyId, before.accountId, now);
    await revokeSessions(tx, agencyId, { userId: id }, { at: now, reason: "deactivated" });
    await endAccess(tx, uow, agencyId, id);
    uow.audit({ action: "user.deactivate", entity: "user", entityId: id, fields: ["active"] });
  });
