import "server-only";
import { accountById } from "@/db/queries/accounts";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { personOf } from "./prove-password";

/** How the caller's own account is secured. */
export const getAccount = (ctx: Ctx) =>
  read(ctx, async (tx) => {
    const account = await accountById(tx, personOf(ctx).accountId);
    if (!account) throw notFound("account");
    return {
      email: account.email,
      hasSecondFactor: account.totpConfirmedAt !== null,
      recoveryCodesLeft: account.totpConfirmedAt ? account.recoveryCodeHashes.length : 0,
      passwordChangedAt: account.passwordChangedAt,
    };
  });
