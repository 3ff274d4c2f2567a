import "server-only";
import { lockAccount, updateAccount } from "@/db/queries/accounts";
import type { Ctx } from "@/server/context";
import { AppError, notFound } from "@/server/errors";
import { open, seal } from "@/server/security/keys";
import { newTotpSecret, totpUri } from "@/server/security/totp";
import { write } from "@/server/services/unit-of-work";
import { personOf } from "./prove-password";

const placeOf = (accountId: string) => ({ table: "accounts", column: "totp_secret_enc", rowId: accountId });

/** Seals an authenticator's secret for its account. */
export const sealTotp = (accountId: string, secret: string): string | null => seal(placeOf(accountId), secret);
export const openTotp = (accountId: string, sealed: string | null): string | null => open(placeOf(accountId), sealed);

/**
 * Begins to set up an authenticator: the secret to scan or type. It counts only once a code has confirmed it.
 * @throws AppError conflict when one is set up already
 */
export const enrolTotp = (ctx: Ctx): Promise<{ secret: string; uri: string }> =>
  write(ctx, async (tx, uow) => {
    const { accountId } = personOf(ctx);
    const account = await lockAccount(tx, accountId);
    if (!account) throw notFound("account");
    if (account.totpConfirmedAt) {
      throw new AppError("conflict", "an authenticator is set up: remove it first", [
        { path: "", code: "totp_on", message: "already set up" },
      ]);
    }
    const secret = newTotpSecret();
    await updateAccount(tx, accountId, { totpSecretEnc: sealTotp(accountId, secret), totpLastStep: null });
    uow.audit({ action: "account.enrol_totp", entity: "account", entityId: accountId });
    return { secret, uri: totpUri(secret, account.email) };
  });
