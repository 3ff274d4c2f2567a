import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aUser, testCtx } from "@/db/testing/factories";
import { auditedActions } from "@/db/testing/people";
import { AgencyPatch } from "@/server/domain/people/agency";
import { editAgency } from "./edit-agency";
import { getAgency } from "./get-agency";

const database = useTestDatabase();
async function anAdmin() {
  const { id } = await anAgency(database.owner, { settings: { demo: true } });
  return testCtx(database.db, await aUser(database.owner, id, ["admin"]));
}

test("an agency changes what it names and keeps the rest", async () => {
  const ctx = await anAdmin();
  const after = await editAgency(ctx, { version: 1, lockAfterS: 300, timeZone: "America/Denver" });
  expect(after).toMatchObject({ lockAfterS: 300, idleTimeoutS: 12 * 3600, timeZone: "America/Denver", version: 2 });
  const [row] = await database.sql`select settings from agencies where id = ${ctx.actor.agencyId}`;
  expect(row?.settings).toEqual({ demo: true, lockAfterS: 300 });
  expect(await auditedActions(database.owner, ctx.actor.agencyId)).toEqual(["agency.edit"]);
});

test("a stale version is answered with the agency as it is, and nobody changes another's", async () => {
  const [ctx, other] = [await anAdmin(), await anAdmin()];
  await editAgency(ctx, { version: 1, name: "First" });
  await expect(editAgency(ctx, { version: 1, name: "Second" })).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "stale", current: { name: "First", version: 2 } }],
  });
  expect((await getAgency(other)).name).not.toBe("First");
});

test("a time zone that does not exist and a lock after seconds are refused", () => {
  expect(AgencyPatch.safeParse({ version: 1, timeZone: "Mars/Base" }).success).toBe(false);
  expect(AgencyPatch.safeParse({ version: 1, lockAfterS: 5 }).success).toBe(false);
  expect(AgencyPatch.safeParse({ version: 1, lockAfterS: 0 }).success).toBe(true);
});
