import "server-only";
import { z } from "zod";
import { lockAccount, updateAccount } from "@/db/queries/accounts";
import { updateSession } from "@/db/queries/sessions";
import type { Ctx } from "@/server/context";
import { ruleBroken } from "@/server/errors";
import { newRecoveryCodes, totpStep } from "@/server/security/totp";
import { write } from "@/server/services/unit-of-work";
import { recoveryCodeHash } from "./check-credentials";
import { openTotp } from "./enrol-totp";
import { personOf } from "./prove-password";

export const ConfirmTotpInput = z.strictObject({ code: z.string().trim().max(10) });

/**
 * Turns the second factor on, by a code that proves the authenticator works.
 * @returns the recovery codes, shown this once
 * @throws AppError rule_broken (wrong_code, not_enrolled)
 */
export const confirmTotp = (
  ctx: Ctx,
  { code }: z.output<typeof ConfirmTotpInput>,
): Promise<{ recoveryCodes: string[] }> =>
  write(ctx, async (tx, uow) => {
    const { accountId, agencyId, sessionId } = personOf(ctx);
    const account = await lockAccount(tx, accountId);
    const secret = account && !account.totpConfirmedAt ? openTotp(accountId, account.totpSecretEnc) : null;
    if (!secret) throw ruleBroken("code", "not_enrolled", "scan the QR code first");
    const step = totpStep(secret, code, ctx.now, null);
    if (step === null) throw ruleBroken("code", "wrong_code", "this code does not fit: check the phone's clock");
    const recoveryCodes = newRecoveryCodes();
    const recoveryCodeHashes = recoveryCodes.map((each) => recoveryCodeHash(accountId, each));
    await updateAccount(tx, accountId, { totpConfirmedAt: ctx.now, totpLastStep: step, recoveryCodeHashes });
    await updateSession(tx, agencyId, sessionId, { mfaAt: ctx.now });
    uow.audit({ action: "account.confirm_totp", entity: "account", entityId: accountId, fields: ["totp"] });
    return { recoveryCodes };
  });
