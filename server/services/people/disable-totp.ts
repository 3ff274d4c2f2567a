import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { actAsAccount, updateAccount } from "@/db/queries/accounts";
import { isSharedAccount } from "@/db/queries/auth";
import { userById } from "@/db/queries/people";
import { revokeSessions } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { endAccess } from "./end-access";
import { provePassword } from "./prove-password";
import { sharedAccount } from "./refusals";

export const DisableTotpInput = z.strictObject({ password: z.string().min(1).max(1_000) });

const clear = (tx: Tx, accountId: string) =>
  updateAccount(tx, accountId, {
    totpSecretEnc: null,
    totpConfirmedAt: null,
    totpLastStep: null,
    recoveryCodeHashes: [],
  });

/** Turns the caller's own second factor off, by the password. @throws AppError rule_broken (wrong_password) */
export async function disableTotp(ctx: Ctx, { password }: z.output<typeof DisableTotpInput>): Promise<void> {
  const { accountId } = await provePassword(ctx, password);
  await write(ctx, async (tx, uow) => {
    await clear(tx, accountId);
    uow.audit({ action: "account.disable_totp", entity: "account", entityId: accountId, fields: ["totp"] });
  });
}

async function clearOwn(tx: Tx, accountId: string): Promise<void> {
  if (await isSharedAccount(tx, accountId)) throw sharedAccount();
  await actAsAccount(tx, accountId);
  await clear(tx, accountId);
}

/**
 * An admin removes the second factor of somebody who lost the phone and the recovery codes; their sessions end.
 * @throws AppError not_found, rule_broken (shared_account)
 */
export const removeSecondFactor = (ctx: Ctx, userId: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const user = await userById(tx, agencyId, userId);
    if (!user) throw notFound("user");
    // Who has not come in yet has none here; what the account has elsewhere is not this agency's.
    if (!user.pending) await clearOwn(tx, user.accountId);
    await revokeSessions(tx, agencyId, { userId }, { at: ctx.now, reason: "second_factor_removed" });
    await endAccess(tx, uow, agencyId, userId);
    uow.audit({ action: "user.remove_second_factor", entity: "user", entityId: userId, fields: ["totp"] });
  });
