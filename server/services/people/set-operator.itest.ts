import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { sessionById } from "@/db/queries/auth";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { auditOf } from "@/db/testing/dispatch";
import { anAgency, aUser, NOW } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { setOperator } from "./set-operator";

const database = useTestDatabase();

async function anAdminWithSession() {
  const { owner } = database;
  const agency = await anAgency(owner);
  const user = await aUser(owner, agency.id, ["admin"]);
  const [account] = await owner.select().from(schema.accounts).where(eq(schema.accounts.id, user.accountId));
  const sessionId = newId();
  await owner.insert(schema.sessions).values({
    agencyId: agency.id,
    id: sessionId,
    accountId: user.accountId,
    userId: user.id,
    kind: "console",
    expiresAt: NOW,
    idleTimeoutS: 60,
  });
  const isOperator = async () => (await sessionById(database.db, sessionId))?.operator;
  return { user, email: account?.email ?? "", isOperator };
}

test("an operator is made and unmade by the owner's connection, in running sessions and with an audit row each", async () => {
  const { user, email, isOperator } = await anAdminWithSession();
  expect(await isOperator()).toBe(false);
  expect(await setOperator(database.owner, NOW, { email, operator: true })).toBe(true);
  expect(await setOperator(database.owner, NOW, { email, operator: true })).toBe(false);
  expect(await isOperator()).toBe(true);
  expect(await setOperator(database.owner, NOW, { email, operator: false })).toBe(true);
  expect(await isOperator()).toBe(false);
  expect(await auditOf(database, user.accountId)).toEqual(["operator.grant", "operator.revoke"]);
});

test("the connection that serves can't make one, and an e-mail without an account is not found", async () => {
  const { email, isOperator } = await anAdminWithSession();
  await expect(setOperator(database.db, NOW, { email, operator: true })).rejects.toMatchObject({
    cause: { code: "42501" },
  });
  expect(await isOperator()).toBe(false);
  const nobody = setOperator(database.owner, NOW, { email: "nobody@example.test", operator: true });
  await expect(nobody).rejects.toMatchObject({ code: "not_found" });
});
