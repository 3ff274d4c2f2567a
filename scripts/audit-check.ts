import { openDb } from "@/db/client";
import { allAgencyIds } from "@/db/queries/jobs";
import { newId } from "@/server/ids";
import { checkAuditChain } from "@/server/services/audit/check-audit-chain";
import { loadEnvFile } from "./lib/env-file.mjs";

/** Checks every agency's audit chain and says what it found; exits with 1 when one is broken. */
async function main(): Promise<void> {
  loadEnvFile();
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: the connection of the role that serves");
  const db = openDb(url, { max: 1, name: "runboard-audit-check" });
  try {
    for (const agencyId of await db.transaction((tx) => allAgencyIds(tx))) {
      const actor = { kind: "system" as const, agencyId, name: "audit-check" };
      const { checked, brokenAt } = await checkAuditChain({ db, actor, now: new Date(), requestId: newId() });
      console.log(`${agencyId} ${brokenAt === null ? `holds: ${checked} rows` : `BROKEN at seal ${brokenAt}`}`);
      if (brokenAt !== null) process.exitCode = 1;
    }
  } finally {
    await db.$client.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
