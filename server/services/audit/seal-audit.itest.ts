import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, minutesAfter, NOW, systemCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { checkAuditChain, sealAudit } from "./seal-audit";

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
  expect(await checkAuditChain(ctx)).toBeNull();
});

test("a row that somebody changed behind the product's back breaks the chain at its seal", async () => {
  const { id } = await anAgency(database.owner);
  for (const minutes of [-5, -4, -3]) await anAudit(id, minutesAfter(NOW, minutes));
  const ctx = systemCtx(database.db, id);
  await sealAudit(ctx);
  await database.owner.execute(
    sql`update audit_log set action = 'forged' where agency_id = ${id} and at = ${minutesAfter(NOW, -4).toISOString()}`,
  );
  expect(await checkAuditChain(ctx)).toBe(2);
});
