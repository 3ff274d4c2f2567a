import "server-only";
import { z } from "zod";
import { actAsAccount, lockAccount, updateAccount } from "@/db/queries/accounts";
import { accountByEmail, isSharedAccount, type LinkRow, linkByHash, revokeAccountSessions } from "@/db/queries/auth";
import { closeLinks, takeLink } from "@/db/queries/one-time-links";
import { openPlace, userOfAccount } from "@/db/queries/people";
import { forgetDevices } from "@/db/queries/sign-in";
import { NewPassword } from "@/server/domain/people/user";
import { AppError, ruleBroken } from "@/server/errors";
import { hashPassword } from "@/server/security/passwords";
import { hashToken } from "@/server/security/tokens";
import { read, write } from "@/server/services/unit-of-work";
import { proveAccount } from "./check-credentials";
import { forgetCachedAccess } from "./end-access";
import { sharedAccount } from "./refusals";
import { clearLockout } from "./sign-in-attempt";
import { ctxOf, type Visitor } from "./visitor";

const Token = z.string().min(1).max(200);
export const LinkInput = z.strictObject({ token: Token });
export const AcceptLinkInput = z.strictObject({
  token: Token,
  /** The one to have from now on, or, with an account already, the one it has. */
  password: z.string().min(1).max(1_000),
  totp: z.string().trim().min(1).max(40).optional(),
});

type Anybody = Pick<Visitor, "db" | "now" | "requestId">;

const gone = () =>
  new AppError("rule_broken", "this link was used, replaced or has expired: ask for a new one", [
    { path: "token", code: "link_gone", message: "not valid any more" },
  ]);

/** Whoever chose it would come in here with it. */
const passwordGiven = () =>
  new AppError(
    "rule_broken",
    "somebody else chose this password: sign in where you have it, change it, and come back",
    [{ path: "password", code: "password_given", message: "change it first where you sign in with it" }],
  );

function newPassword(given: string): string {
  const chosen = NewPassword.safeParse(given);
  if (!chosen.success) throw ruleBroken("password", "too_short", "at least 8 characters");
  return chosen.data;
}

async function openLink({ db, now }: Anybody, token: string): Promise<LinkRow> {
  const link = await linkByHash(db, hashToken(token));
  if (!link || link.usedAt || now >= link.expiresAt) throw gone();
  return link;
}

/** Whom a link is for, so that the page can say so. @throws AppError rule_broken (link_gone) */
export async function readLink(visitor: Anybody, { token }: z.output<typeof LinkInput>) {
  const { email, agencyName, kind } = await openLink(visitor, token);
  return { email, agencyName, kind };
}

/**
 * Takes a link: a first or new password is set, or, where the e-mail has an account already, the place opens to the
 * password of that account, which stays as it is.
 * @throws AppError rule_broken (link_gone, shared_account, password_given), and as `checkCredentials`
 */
export async function acceptLink(
  visitor: Anybody,
  input: z.output<typeof AcceptLinkInput>,
): Promise<{ email: string }> {
  const link = await openLink(visitor, input.token);
  const account = await accountByEmail(visitor.db, link.email);
  const pending = await isPending(visitor, link);
  if (pending && account?.passwordHash) await joinByLink(visitor, link, input);
  else await setPasswordByLink(visitor, link, input.password);
  return { email: link.email };
}

const systemCtx = (visitor: Anybody, agencyId: string) => ctxOf(visitor, { kind: "system", agencyId, name: "link" });

const isPending = (visitor: Anybody, { agencyId, accountId }: LinkRow): Promise<boolean> =>
  read(systemCtx(visitor, agencyId), async (tx) => Boolean((await userOfAccount(tx, agencyId, accountId))?.pending));

/**
 * Sets the password a link was made for and uses the link up. Every session of the account ends, and devices have to
 * prove themselves anew; a second factor stays.
 */
async function setPasswordByLink(visitor: Anybody, { agencyId, accountId, id, email }: LinkRow, given: string) {
  const passwordHash = await hashPassword(newPassword(given));
  const ctx = systemCtx(visitor, agencyId);
  await write(ctx, async (tx, uow) => {
    await actAsAccount(tx, accountId);
    const account = await lockAccount(tx, accountId);
    if (!account || !(await takeLink(tx, agencyId, id, ctx.now))) throw gone();
    // A first password harms nobody; another one would open the person's other agencies to the admin of this one.
    if (account.passwordHash && (await isSharedAccount(tx, accountId))) throw sharedAccount();
    const user = await userOfAccount(tx, agencyId, accountId);
    if (!user) throw gone();
    if (user.pending) await openPlace(tx, agencyId, user.id);
    await updateAccount(tx, accountId, { passwordHash, passwordChangedAt: ctx.now, passwordGiven: false });
    await closeLinks(tx, agencyId, accountId, ctx.now);
    await revokeAccountSessions(tx, { accountId, at: ctx.now, reason: "password_set" });
    await forgetDevices(tx, accountId);
    await clearLockout(tx, email);
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "account.set_password", entity: "account", entityId: accountId, fields: ["password"] });
  });
}

/** Opens the place to an account that is there already. Guesses count as they do at a sign-in. */
async function joinByLink(visitor: Anybody, link: LinkRow, { password, totp }: z.output<typeof AcceptLinkInput>) {
  const { agencyId, accountId, id, email } = link;
  const signingIn = { ...visitor, network: `link ${id}`, userAgent: null };
  await proveAccount(signingIn, { email, password, ...(totp && { totp }) }, async () => ({ agencyId }));
  const ctx = systemCtx(visitor, agencyId);
  await write(ctx, async (tx, uow) => {
    await actAsAccount(tx, accountId);
    const account = await lockAccount(tx, accountId);
    const user = await userOfAccount(tx, agencyId, accountId);
    if (account?.passwordGiven) throw passwordGiven();
    if (!account || !user?.pending || !(await takeLink(tx, agencyId, id, ctx.now))) throw gone();
    await openPlace(tx, agencyId, user.id);
    await closeLinks(tx, agencyId, accountId, ctx.now);
    uow.audit({ action: "user.join", entity: "user", entityId: user.id });
  });
}
