import "server-only";
import { accountById } from "@/db/queries/accounts";
import { clearFailures } from "@/db/queries/sign-in";
import type { Actor, Ctx } from "@/server/context";
import { AppError, ruleBroken } from "@/server/errors";
import { verifyPassword } from "@/server/security/passwords";
import { read } from "@/server/services/unit-of-work";
import { openAttempt } from "./sign-in-attempt";

export type Person = Extract<Actor, { kind: "user" }>;

/** @throws AppError forbidden when the caller is no person */
export function personOf({ actor }: Ctx): Person {
  if (actor.kind !== "user") throw new AppError("forbidden", "only people have an account");
  return actor;
}

/**
 * Asks the person who is signed in for the password again. Guesses are slowed down for this session alone: they lock
 * nobody out elsewhere.
 * @throws AppError rule_broken (wrong_password), rate_limited
 */
export async function provePassword(ctx: Ctx, password: string): Promise<Person> {
  const person = personOf(ctx);
  const { sessionId, accountId } = person;
  const visitor = { ...ctx, network: `session ${sessionId}`, userAgent: null };
  const attempt = await openAttempt(visitor, `session ${sessionId}`, undefined);
  const account = await read(ctx, (tx) => accountById(tx, accountId));
  if (!(await verifyPassword(account?.passwordHash, password))) {
    await attempt.fail();
    throw ruleBroken("password", "wrong_password", "the password is wrong");
  }
  await clearFailures(ctx.db, attempt.accountKey);
  return person;
}
