import "server-only";
import { z } from "zod";
import { actAsAccount, lockAccount, updateAccount } from "@/db/queries/accounts";
import { isSharedAccount, type LinkRow, linkByHash, revokeAccountSessions } from "@/db/queries/auth";
import { closeLinks, takeLink } from "@/db/queries/one-time-links";
import { forgetDevices } from "@/db/queries/sign-in";
import { NewPassword } from "@/server/domain/people/user";
import { AppError } from "@/server/errors";
import { hashPassword } from "@/server/security/passwords";
import { hashToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";
import { forgetCachedAccess } from "./end-access";
import { sharedAccount } from "./refusals";
import { ctxOf, type Visitor } from "./visitor";

const Token = z.string().min(1).max(200);
export const LinkInput = z.strictObject({ token: Token });
export const AcceptLinkInput = z.strictObject({ token: Token, password: NewPassword });

type Anybody = Pick<Visitor, "db" | "now" | "requestId">;

const gone = () =>
  new AppError("rule_broken", "this link was used, replaced or has expired: ask for a new one", [
    { path: "token", code: "link_gone", message: "not valid any more" },
  ]);

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
 * Sets the password a link was made for and uses the link up. Every session of the account ends, and devices have to
 * prove themselves anew; a second factor stays.
 * @throws AppError rule_broken (link_gone, shared_account)
 */
export async function acceptLink(
  visitor: Anybody,
  input: z.output<typeof AcceptLinkInput>,
): Promise<{ email: string }> {
  const { agencyId, accountId, id, email } = await openLink(visitor, input.token);
  const passwordHash = await hashPassword(input.password);
  const ctx = ctxOf(visitor, { kind: "system", agencyId, name: "link" });
  await write(ctx, async (tx, uow) => {
    await actAsAccount(tx, accountId);
    const account = await lockAccount(tx, accountId);
    if (!account || !(await takeLink(tx, agencyId, id, ctx.now))) throw gone();
    // A first password harms nobody; another one would open the person's other agencies to the admin of this one.
    if (account.passwordHash && (await isSharedAccount(tx, accountId))) throw sharedAccount();
    await updateAccount(tx, accountId, { passwordHash, passwordChangedAt: ctx.now });
    await closeLinks(tx, agencyId, accountId, ctx.now);
    await revokeAccountSessions(tx, { accountId, at: ctx.now, reason: "password_set" });
    await forgetDevices(tx, accountId);
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "account.set_password", entity: "account", entityId: accountId, fields: ["password"] });
  });
  return { email };
}
