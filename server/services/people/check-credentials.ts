import "server-only";
import { inAgency } from "@/db/client";
import { accountById, takeRecoveryCode, takeTotpStep } from "@/db/queries/accounts";
import { type AccountSecrets, accountByEmail, type Place, placesOf } from "@/db/queries/auth";
import { clearFailures } from "@/db/queries/sign-in";
import { keyFor } from "@/server/auth/secrets";
import type { SignInInput } from "@/server/domain/people/sign-in";
import { AppError } from "@/server/errors";
import { verifyPassword } from "@/server/security/passwords";
import { keyedHash } from "@/server/security/tokens";
import { normaliseRecoveryCode, totpStep } from "@/server/security/totp";
import { openTotp } from "./enrol-totp";
import { openAttempt } from "./sign-in-attempt";
import type { Visitor } from "./visitor";

export type Proven = { accountId: string; place: Place; hasSecondFactor: boolean };
type Within = { agencyId: string };

const wrong = () => new AppError("bad_credentials", "e-mail, password or code is wrong");

/**
 * Is this the person? The answer is the same, and as slow, whether the e-mail, the password or the code is wrong.
 * @throws AppError bad_credentials, totp_required, rate_limited (with seconds to wait), unavailable
 */
export const checkCredentials = (visitor: Visitor, input: SignInInput): Promise<Proven> =>
  proveAccount(visitor, input, async ({ id }) => (await placesOf(visitor.db, id))[0]);

/**
 * The same for whatever place in an agency the person wants to enter.
 * @param placeOf - none refuses, like a wrong password
 */
export async function proveAccount<P extends Within>(
  visitor: Visitor,
  input: SignInInput,
  placeOf: (account: AccountSecrets) => Promise<P | undefined>,
): Promise<{ accountId: string; place: P; hasSecondFactor: boolean }> {
  const account = await accountByEmail(visitor.db, input.email);
  const attempt = await openAttempt(visitor, input.email, account?.id);
  const fits = await verifyPassword(account?.passwordHash, input.password);
  const place = fits && account && !account.deactivatedAt ? await placeOf(account) : undefined;
  if (!account || !place) {
    await attempt.fail();
    throw wrong();
  }
  const hasSecondFactor = account.totpConfirmedAt !== null;
  if (hasSecondFactor && !input.totp) throw new AppError("totp_required", "enter the code of your authenticator");
  if (hasSecondFactor && !(await takeSecondFactor(visitor, account, place, input.totp ?? ""))) {
    await attempt.fail();
    throw wrong();
  }
  // Guesses made side by side: the right one counts only if it was not one too many.
  await attempt.refuseIfLocked();
  await clearFailures(visitor.db, attempt.accountKey);
  return { accountId: account.id, place, hasSecondFactor };
}

/** Uses up a code of the authenticator or a recovery code. */
function takeSecondFactor(
  { db, now }: Visitor,
  account: AccountSecrets,
  place: Within,
  code: string,
): Promise<boolean> {
  return inAgency(db, { agencyId: place.agencyId, accountId: account.id }, async (tx) => {
    const secret = openTotp(account.id, account.totpSecretEnc);
    const lastStep = (await accountById(tx, account.id))?.totpLastStep ?? null;
    const step = secret ? totpStep(secret, code, now, lastStep) : null;
    if (step !== null) return takeTotpStep(tx, account.id, step);
    return takeRecoveryCode(tx, account.id, recoveryCodeHash(account.id, code));
  });
}

/** What is stored of a recovery code. */
export const recoveryCodeHash = (accountId: string, code: string): string =>
  keyedHash(keyFor("recovery-codes"), accountId, normaliseRecoveryCode(code));
