import "server-only";
import { z } from "zod";
import { updateAccount } from "@/db/queries/accounts";
import { revokeAccountSessions } from "@/db/queries/auth";
import { closeLinks } from "@/db/queries/one-time-links";
import { forgetDevices } from "@/db/queries/sign-in";
import type { Ctx } from "@/server/context";
import { NewPassword } from "@/server/domain/people/user";
import { hashPassword } from "@/server/security/passwords";
import { write } from "@/server/services/unit-of-work";
import { forgetCachedAccess } from "./end-access";
import { provePassword } from "./prove-password";

export const ChangePasswordInput = z.strictObject({ password: z.string().min(1).max(1_000), newPassword: NewPassword });

/** Changes the caller's own password. Every other session of the account ends, in every agency. */
export async function changePassword(ctx: Ctx, input: z.output<typeof ChangePasswordInput>): Promise<void> {
  const { accountId, agencyId, sessionId } = await provePassword(ctx, input.password);
  const passwordHash = await hashPassword(input.newPassword);
  await write(ctx, async (tx, uow) => {
    await updateAccount(tx, accountId, { passwordHash, passwordChangedAt: ctx.now, passwordGiven: false });
    await closeLinks(tx, agencyId, accountId, ctx.now);
    await revokeAccountSessions(tx, { accountId, but: sessionId, at: ctx.now, reason: "password_changed" });
    await forgetDevices(tx, accountId);
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "account.set_password", entity: "account", entityId: accountId, fields: ["password"] });
  });
}
