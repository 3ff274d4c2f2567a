import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, minutesAfter, NOW, systemCtx } from "@/db/testing/factories";
import { aPerson, auditedActions } from "@/db/testing/people";
import { newId } from "@/server/ids";
import { sealAudit } from "@/server/services/audit/seal-audit";

const database = useTestDatabase();
const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs one of the commands as `npm run` does. @returns what it printed, and its exit code */
async function run(script: string, args: string[] = []): Promise<{ text: string; code: unknown }> {
  const env = { ...process.env, DATABASE_URL: database.urls.app, DATABASE_OWNER_URL: database.urls.owner };
  const command = ["--conditions=react-server", "--import", "tsx", `scripts/${script}.ts`, ...args];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    return { text: stdout, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: unknown };
    return { text: stdout + stderr, code };
  }
}

test("audit:check says of each agency whether its log holds, and exits with 1 when one does not", async () => {
  const [sound, forged] = [await anAgency(database.owner), await anAgency(database.owner)];
  for (const { id } of [sound, forged]) {
    const at = minutesAfter(NOW, -5);
    await database.owner
      .insert(auditLog)
      .values({ agencyId: id, id: newId(), at, actorKind: "system", action: "test", entity: "thing" });
    await sealAudit(systemCtx(database.db, id));
  }
  expect(await run("audit-check")).toMatchObject({
    code: 0,
    text: expect.stringContaining(`${sound.id} holds: 1 rows`),
  });
  await database.owner.execute(sql`update audit_log set action = 'forged' where agency_id = ${forged.id}`);
  const { text, code } = await run("audit-check");
  expect(code).toBe(1);
  expect(text).toContain(`${forged.id} BROKEN at seal 1`);
  expect(text).toContain(`${sound.id} holds: 1 rows`);
});

test("operator:grant makes an operator and takes it back; an e-mail without an account is refused", async () => {
  const person = await aPerson(database.owner, { roles: ["admin"] });
  expect(await run("operator-grant", ["--email", person.email])).toMatchObject({ code: 0 });
  expect(await run("operator-grant", ["--email", person.email, "--revoke"])).toMatchObject({ code: 0 });
  expect(await auditedActions(database.owner, person.agencyId)).toEqual(["operator.grant", "operator.revoke"]);
  expect(await run("operator-grant", ["--email", "nobody@example.test"])).toMatchObject({ code: 1 });
  expect(await run("operator-grant")).toMatchObject({
    code: 1,
    text: expect.stringContaining("npm run operator:grant"),
  });
});
