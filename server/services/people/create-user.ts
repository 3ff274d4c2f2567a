import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { actAsAccount } from "@/db/queries/accounts";
import { accountByEmail } from "@/db/queries/auth";
import { insertAccount, insertUser, userById } from "@/db/queries/people";
import { actorUserId, type Ctx } from "@/server/context";
import { type NewUser, showUser, type User } from "@/server/domain/people/user";
import { newId } from "@/server/ids";
import { hashPassword } from "@/server/security/passwords";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { makeLink, type OneTimeLink } from "./make-link";
import { USER_REFUSALS } from "./refusals";

export type CreatedUser = { user: User; link: OneTimeLink | null };

/**
 * Gives a person a place in the agency: with a password, or with an invitation.
 *
 * The place of an e-mail that has an account already stays closed until that account's person takes an invitation, by the
 * password they have. The answer is the same: whether an e-mail is known elsewhere is told nobody.
 * @throws AppError conflict when the e-mail has a place in this agency
 */
export async function createUser(ctx: Ctx, input: NewUser): Promise<CreatedUser> {
  // Outside the transaction: hashing takes its time.
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return write(ctx, (tx, uow) => addUser({ tx, uow, ctx }, input, passwordHash));
}

type Work = { tx: Tx; uow: UnitOfWork; ctx: Ctx };

/** `createUser` inside a transaction of the caller's. */
export async function addUser(work: Work, input: NewUser, passwordHash: string | null): Promise<CreatedUser> {
  const { tx, uow, ctx } = work;
  const { agencyId } = ctx.actor;
  const { accountId, isNew } = await accountFor(work, input.email, passwordHash);
  const id = newId();
  const row = {
    agencyId,
    id,
    accountId,
    name: input.name ?? input.email.slice(0, input.email.indexOf("@")),
    roles: input.roles ?? (input.role ? [input.role] : []),
    pending: passwordHash ? (isNew ? null : ("password" as const)) : ("invited" as const),
    createdBy: actorUserId(ctx.actor) ?? null,
  };
  await refusing(USER_REFUSALS, () => insertUser(tx, row));
  const link = !passwordHash ? await makeLink(tx, ctx, accountId, "invite") : null;
  const made = await userById(tx, agencyId, id);
  if (!made) throw new Error("insert gave no user");
  uow.audit({ action: link ? "user.invite" : "user.create", entity: "user", entityId: id, fields: ["roles"] });
  return { user: showUser(made), link };
}

/** The account of an e-mail, made when there is none; a password is a new account's only. */
export async function accountFor(
  { tx, ctx }: Pick<Work, "tx" | "ctx">,
  email: string,
  passwordHash: string | null,
): Promise<{ accountId: string; isNew: boolean }> {
  const id = newId();
  await actAsAccount(tx, id);
  const password = {
    passwordHash,
    passwordChangedAt: passwordHash ? ctx.now : null,
    passwordGiven: passwordHash !== null,
  };
  if (await insertAccount(tx, { id, email, ...password })) return { accountId: id, isNew: true };
  const existing = await accountByEmail(tx, email);
  if (!existing) throw new Error("an e-mail that is taken by no account");
  return { accountId: existing.id, isNew: false };
}
