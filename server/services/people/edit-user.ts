import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { actAsAccount, updateAccount } from "@/db/queries/accounts";
import { isSharedAccount } from "@/db/queries/auth";
import { closeLinks } from "@/db/queries/one-time-links";
import { countOtherAdmins, lockAgency, type UserRecord, updateUser, userById } from "@/db/queries/people";
import { revokeSessions } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { showUser, type User, type UserPatch } from "@/server/domain/people/user";
import { notFound, staleVersion } from "@/server/errors";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { accountFor } from "./create-user";
import { endAccess } from "./end-access";
import { lastAdmin, sharedAccount, USER_REFUSALS } from "./refusals";

/**
 * Changes a user's name, e-mail, roles or whether they may enter. Other roles end their realtime connections, and being
 * deactivated ends their sessions too.
 * @throws AppError not_found, conflict (stale, e-mail taken), rule_broken (last_admin, shared_account)
 */
export const editUser = (ctx: Ctx, id: string, { version, role, ...patch }: UserPatch): Promise<User> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    await lockAgency(tx, agencyId);
    const before = await userById(tx, agencyId, id);
    if (!before) throw notFound("user");
    if (version !== before.version) throw staleVersion(showUser(before));
    const wanted = {
      name: patch.name ?? before.name,
      roles: patch.roles ?? (role ? [role] : before.roles),
      email: patch.email ?? before.email,
      active: patch.active ?? before.deactivatedAt === null,
    };
    const fields = changedFields(before, wanted);
    if (fields.length === 0) return showUser(before);
    const staysAdmin = wanted.active && wanted.roles.includes("admin");
    if (!staysAdmin && isActiveAdmin(before) && (await countOtherAdmins(tx, agencyId, id)) === 0) throw lastAdmin();
    const accountId = fields.includes("email") ? await changeEmail(tx, ctx, before, wanted.email) : before.accountId;
    const deactivatedAt = wanted.active ? null : (before.deactivatedAt ?? ctx.now);
    await refusing(USER_REFUSALS, () =>
      updateUser(tx, { agencyId, id }, { name: wanted.name, roles: wanted.roles, accountId, deactivatedAt }),
    );
    await applyAccess(tx, uow, ctx, { id, fields, active: wanted.active });
    uow.audit({ action: "user.edit", entity: "user", entityId: id, fields });
    return showUser((await userById(tx, agencyId, id)) ?? before);
  });

const isActiveAdmin = (user: UserRecord) => user.deactivatedAt === null && user.roles.includes("admin");

type Wanted = { name: string; roles: string[]; email: string; active: boolean };
function changedFields(before: UserRecord, wanted: Wanted): string[] {
  const sorted = (roles: string[]) => [...roles].sort().join();
  return [
    before.name === wanted.name ? [] : ["name"],
    sorted(before.roles) === sorted(wanted.roles) ? [] : ["roles"],
    before.email === wanted.email ? [] : ["email"],
    (before.deactivatedAt === null) === wanted.active ? [] : ["active"],
  ].flat();
}

/**
 * Gives an account another e-mail. Who has not come in yet has an e-mail's promise only: the place goes to the account of
 * the other e-mail, and invitations to the former one stop working.
 * @returns the account that the place belongs to
 */
async function changeEmail(tx: Tx, ctx: Ctx, { accountId, pending }: UserRecord, email: string): Promise<string> {
  if (pending) {
    await closeLinks(tx, ctx.actor.agencyId, accountId, ctx.now);
    return (await accountFor({ tx, ctx }, email, null)).accountId;
  }
  if (await isSharedAccount(tx, accountId)) throw sharedAccount();
  await actAsAccount(tx, accountId);
  await refusing(USER_REFUSALS, () => updateAccount(tx, accountId, { email }));
  return accountId;
}

async function applyAccess(
  tx: Tx,
  uow: UnitOfWork,
  { actor: { agencyId }, now }: Ctx,
  { id, fields, active }: { id: string; fields: string[]; active: boolean },
): Promise<void> {
  if (!active) await revokeSessions(tx, agencyId, { userId: id }, { at: now, reason: "deactivated" });
  if (fields.includes("roles") || fields.includes("active")) await endAccess(tx, uow, agencyId, id);
}
