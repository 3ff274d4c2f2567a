import { expect, test } from "vitest";
import { accounts } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { NOW } from "@/db/testing/factories";
import { aPerson, auditedActions } from "@/db/testing/people";
import { newId } from "@/server/ids";
import { signInByOidc } from "./sign-in-by-oidc";

const database = useTestDatabase();
const visitor = () => ({ db: database.db, now: NOW, requestId: newId(), network: newId(), userAgent: null });

test("whom the identity provider vouches for comes in with the account they have", async () => {
  const person = await aPerson(database.owner);
  const profile = { email: person.email.toUpperCase(), emailVerified: true };
  expect((await signInByOidc(visitor(), profile)).user.id).toBe(person.id);
  expect(await auditedActions(database.owner, person.agencyId)).toEqual(["session.start"]);
});

test("an unverified e-mail, none, and one without an account are refused, and no account is made", async () => {
  const person = await aPerson(database.owner);
  const before = await database.owner.$count(accounts);
  const profiles = [
    { email: person.email, emailVerified: false },
    { email: undefined, emailVerified: true },
    { email: `nobody-${newId()}@example.test`, emailVerified: true },
  ];
  for (const profile of profiles) {
    await expect(signInByOidc(visitor(), profile)).rejects.toMatchObject({ code: "bad_credentials" });
  }
  expect(await database.owner.$count(accounts)).toBe(before);
});
