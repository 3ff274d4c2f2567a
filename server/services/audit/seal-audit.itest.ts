import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, minutesAfter, NOW, systemCtx } from "@/db/testing/factories";
import { auditedActions } from "@/db/testing/people";
import { newId } from "@/server/ids";
import { checkAuditJob } from "@/server/jobs/check-audit";
import { AgenciesFailed } from "@/server/jobs/run-job";
import { assertAuditChain, checkAuditChain } from "./check-audit-chain";
import { sealAudit } from "./seal-audit";

const database = useTestDatabase();
const anAudit = (agencyId: string, at: Date) =>
  database.owner
    .insert(auditLog)
    .values({ agencyId, id: newId(), at, actorKind: "system", action: "test", entity: "thing" });

test("settled rows are sealed once, younger ones wait, and the chain holds", async () => {
  const { id } = await anAgency(database.owner);
  for (const minutes of [-5, -4, -3, 0]) await anAudit(id, minutesAfter(NOW, minutes));
  const ctx = systemCtx(database.db, id);
  expect(await sealAudit(ctx)).toBe(3);
  expect(await sealAudit(ctx)).toBe(0);
  expect(await checkAuditChain(ctx)).toEqual({ checked: 3, brokenAt: null });
});

test("a row that somebody changed behind the product's back breaks the chain at its seal", async () => {
  const { id } = await anAgency(database.owner);
  for (const minutes of [-5, -4, -3]) await anAudit(id, minutesAfter(NOW, minutes));
  const ctx = systemCtx(database.db, id);
  await sealAudit(ctx);
  await database.owner.execute(
    sql`update audit_log set action = 'forged' where agency_id = ${id} and at = ${minutesAfter(NOW, -4).toISOString()}`,
  );
  expect(await checkAuditChain(ctx)).toEqual({ checked: 1, brokenAt: 2 });
});

test("a row that was taken out breaks the chain, too, which the daily check writes down and fails with", async () => {
  const { id } = await anAgency(database.owner);
  for (const minutes of [-5, -4]) await anAudit(id, minutesAfter(NOW, minutes));
  const ctx = systemCtx(database.db, id);
  await sealAudit(ctx);
  await assertAuditChain(ctx);
  const last = minutesAfter(NOW, -4).toISOString();
  await database.owner.execute(sql`delete from audit_log where agency_id = ${id} and at = ${last}`);
  await expect(assertAuditChain(ctx)).rejects.toMatchObject({ code: "audit_chain_broken" });
  expect(await auditedActions(database.owner, id)).toEqual(["test", "audit.chain_broken"]);
});

test("one agency's broken chain is no other's: its job alone gives up", async () => {
  const [broken, sound] = [await anAgency(database.owner), await anAgency(database.owner)];
  for (const { id } of [broken, sound]) {
    await anAudit(id, minutesAfter(NOW, -5));
    await sealAudit(systemCtx(database.db, id));
  }
  await database.owner.execute(sql`update audit_log set entity = 'forged' where agency_id = ${broken.id}`);
  const failed = await checkAuditJob.run({ db: database.db, now: NOW }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(AgenciesFailed);
  const { agencyIds } = failed as AgenciesFailed;
  expect(agencyIds).toContain(broken.id);
  expect(agencyIds).not.toContain(sound.id);
});
