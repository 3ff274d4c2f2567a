import "server-only";
import { accountByEmail, placesOf } from "@/db/queries/auth";
import { EmailSchema } from "@/server/domain/people/user";
import { AppError } from "@/server/errors";
import { type StartedSession, startSession } from "./start-session";
import type { Visitor } from "./visitor";

/** What an identity provider says of a person. */
export type OidcProfile = { email?: string | undefined; emailVerified: boolean };

/**
 * Lets in whom the identity provider vouches for, if they have an account here: none is ever made this way.
 * @throws AppError bad_credentials without a verified e-mail, or one that may not enter
 */
export async function signInByOidc(visitor: Visitor, { email, emailVerified }: OidcProfile): Promise<StartedSession> {
  const address = EmailSchema.safeParse(email);
  const account = address.success && emailVerified ? await accountByEmail(visitor.db, address.data) : undefined;
  const [place] = account && !account.deactivatedAt ? await placesOf(visitor.db, account.id) : [];
  if (!account || !place) throw new AppError("bad_credentials", "this person has no account here");
  return startSession(visitor, { accountId: account.id, place, hasSecondFactor: false }, "console");
}
