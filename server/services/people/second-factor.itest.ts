import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { expect, test } from "vitest";
import { accounts } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { minutesAfter, NOW, testCtx } from "@/db/testing/factories";
import { aPerson, auditedActions, PASSWORD } from "@/db/testing/people";
import { newId } from "@/server/ids";
import { confirmTotp } from "./confirm-totp";
import { disableTotp, removeSecondFactor } from "./disable-totp";
import { enrolTotp } from "./enrol-totp";
import { signInByApi } from "./sign-in";

const database = useTestDatabase();
const codeAt = (secret: string, now: Date) => generateSync({ secret, epoch: now.getTime() / 1000 });
const signIn = (email: string, now: Date, totp?: string) =>
  signInByApi(
    { db: database.db, now, requestId: newId(), network: newId(), userAgent: null },
    { email, password: PASSWORD, ...(totp !== undefined && { totp }) },
  );

async function enrolled() {
  const person = await aPerson(database.owner);
  const ctx = testCtx(database.db, person);
  const { secret, uri } = await enrolTotp(ctx);
  const { recoveryCodes } = await confirmTotp(ctx, { code: codeAt(secret, NOW) });
  return { person, ctx, secret, uri, recoveryCodes };
}

test("it counts once a code has confirmed it; from then on the password alone is not enough", async () => {
  const person = await aPerson(database.owner);
  const ctx = testCtx(database.db, person);
  const { secret } = await enrolTotp(ctx);
  expect((await signIn(person.email, NOW)).tokens.user.id).toBe(person.id);
  await expect(confirmTotp(ctx, { code: "000000" })).rejects.toMatchObject({ reasons: [{ code: "wrong_code" }] });
  await confirmTotp(ctx, { code: codeAt(secret, NOW) });
  await expect(signIn(person.email, NOW)).rejects.toMatchObject({ code: "totp_required" });
  await expect(signIn(person.email, NOW, "000000")).rejects.toMatchObject({ code: "bad_credentials" });
  const later = minutesAfter(NOW, 2);
  expect((await signIn(person.email, later, codeAt(secret, later))).tokens.user.id).toBe(person.id);
  expect(await auditedActions(database.owner, person.agencyId)).toContain("account.confirm_totp");
});

test("a code works once, also when two use it at the same moment", async () => {
  const { person, secret } = await enrolled();
  const later = minutesAfter(NOW, 3);
  const both = await Promise.allSettled([1, 2].map(() => signIn(person.email, later, codeAt(secret, later))));
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a recovery code works once, however it is typed", async () => {
  const { person, recoveryCodes } = await enrolled();
  const code = ` ${recoveryCodes[0]!.toUpperCase().replace("-", " ")}`;
  expect((await signIn(person.email, NOW, code)).tokens.user.id).toBe(person.id);
  await expect(signIn(person.email, NOW, code)).rejects.toMatchObject({ code: "bad_credentials" });
  expect((await signIn(person.email, NOW, recoveryCodes[1])).tokens.user.id).toBe(person.id);
});

test("the secret is sealed and the recovery codes are hashed", async () => {
  const { person, secret, recoveryCodes } = await enrolled();
  const stored = JSON.stringify(await database.owner.select().from(accounts).where(eq(accounts.id, person.accountId)));
  for (const plain of [secret, recoveryCodes[0]!, recoveryCodes[0]!.replace("-", "")])
    expect(stored).not.toContain(plain);
});

test("one that is on can't be replaced behind its owner's back; the password turns it off", async () => {
  const { person, ctx } = await enrolled();
  await expect(enrolTotp(ctx)).rejects.toMatchObject({ code: "conflict" });
  await expect(disableTotp(ctx, { password: "guess" })).rejects.toMatchObject({ code: "rule_broken" });
  await disableTotp(ctx, { password: PASSWORD });
  expect((await signIn(person.email, NOW)).tokens.user.id).toBe(person.id);
});

test("an admin removes it for somebody of the agency, not for a stranger", async () => {
  const { person } = await enrolled();
  const admin = await aPerson(database.owner, { agencyId: person.agencyId, roles: ["admin"] });
  const stranger = await aPerson(database.owner, { roles: ["admin"] });
  await expect(removeSecondFactor(testCtx(database.db, stranger), person.id)).rejects.toMatchObject({
    code: "not_found",
  });
  await removeSecondFactor(testCtx(database.db, admin), person.id);
  expect((await signIn(person.email, NOW)).tokens.user.id).toBe(person.id);
  expect(await auditedActions(database.owner, person.agencyId)).toContain("user.remove_second_factor");
});
