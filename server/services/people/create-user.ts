import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { actAsAccount } from "@/db/queries/accounts";
import { accountByEmail } from "@/db/queries/auth";
import { insertAccount, insertUser, userById } from "@/db/queries/people";
import { actorUserId, type Ctx } from "@/server/context";
import { type NewUser, showUser, type User } from "@/server/domain/people/user";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { hashPassword } from "@/server/security/passwords";
import { write } from "@/server/services/unit-of-work";
import { makeLink, type OneTimeLink } from "./make-link";
import { USER_REFUSALS } from "./refusals";

export type CreatedUser = { user: User; link: OneTimeLink | null };

/**
 * Gives a person a place in the agency: with a password, or with an invitation to set one. Who has an account already
 * keeps it, and needs neither.
 * @throws AppError conflict when the agency has this user, or a password was sent for somebody else's account
 */
export async function createUser(ctx: Ctx, input: NewUser): Promise<CreatedUser> {
  const { agencyId } = ctx.actor;
  // Outside the transaction: hashing takes its time.
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return write(ctx, async (tx, uow) => {
    const { accountId, isNew } = await accountFor(tx, ctx, input.email, passwordHash);
    const id = newId();
    const row = {
      agencyId,
      id,
      accountId,
      name: input.name ?? input.email.slice(0, input.email.indexOf("@")),
      roles: input.roles ?? (input.role ? [input.role] : []),
      createdBy: actorUserId(ctx.actor) ?? null,
    };
    await refusing(USER_REFUSALS, () => insertUser(tx, row));
    if (!isNew && passwordHash) throw accountExists();
    const link = isNew && !passwordHash ? await makeLink(tx, ctx, accountId, "invite") : null;
    const made = await userById(tx, agencyId, id);
    if (!made) throw new Error("insert gave no user");
    uow.audit({ action: link ? "user.invite" : "user.create", entity: "user", entityId: id, fields: ["roles"] });
    return { user: showUser(made), link };
  });
}

const accountExists = () =>
  new AppError("conflict", "this person has an account already: add them without a password", [
    { path: "email", code: "account_exists", message: "has an account already" },
  ]);

async function accountFor(tx: Tx, ctx: Ctx, email: string, passwordHash: string | null) {
  const id = newId();
  await actAsAccount(tx, id);
  const passwordChangedAt = passwordHash ? ctx.now : null;
  if (await insertAccount(tx, { id, email, passwordHash, passwordChangedAt })) return { accountId: id, isNew: true };
  const existing = await accountByEmail(tx, email);
  if (!existing) throw new AppError("conflict", "try again", []);
  return { accountId: existing.id, isNew: false };
}
