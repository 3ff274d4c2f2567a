import "server-only";
import { isSharedAccount } from "@/db/queries/auth";
import { userById } from "@/db/queries/people";
import type { Ctx } from "@/server/context";
import { AppError, notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { makeLink, type OneTimeLink } from "./make-link";
import { sharedAccount } from "./refusals";

/**
 * Makes a link with which a person sets a new password, or their first one; older links stop working, the password
 * they have stays good until the link is used. For somebody who has not come in yet it is an invitation anew.
 * @throws AppError not_found, rule_broken (inactive, shared_account)
 */
export const resetPassword = (ctx: Ctx, userId: string): Promise<OneTimeLink> =>
  write(ctx, async (tx, uow) => {
    const user = await userById(tx, ctx.actor.agencyId, userId);
    if (!user) throw notFound("user");
    if (user.deactivatedAt) {
      throw new AppError("rule_broken", "activate this person first", [
        { path: "active", code: "inactive", message: "this person is not active" },
      ]);
    }
    if (!user.pending && (await isSharedAccount(tx, user.accountId))) throw sharedAccount();
    const kind = user.hasPassword ? "reset" : "invite";
    uow.audit({ action: `user.${kind}_link`, entity: "user", entityId: userId });
    return makeLink(tx, ctx, user.accountId, kind);
  });
