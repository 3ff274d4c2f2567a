import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { runScript } from "@/scripts/lib/stack.mjs";
import { tokenOf } from "./kit/console";
import { aFleet } from "./kit/fleet";
import { ask } from "./kit/http";
import { useStack } from "./kit/stack";
import { expectStoredOnce } from "./kit/stored";
import { Traffic } from "./kit/traffic";
import { book } from "./kit/work";

const stack = useStack();
const REPORT_S = 5;

/** The migrations of the next version: those of this one, and one that adds to the tables everybody uses. */
function nextVersion(): string {
  const folder = path.join(stack().dataDir, "next-version");
  cpSync(path.join(ROOT, "drizzle"), folder, { recursive: true });
  const file = path.join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { idx: number; when: number }[] };
  const last = journal.entries.at(-1);
  const tag = "9999_next_version";
  const entry = { ...last, idx: (last?.idx ?? 0) + 1, when: (last?.when ?? 0) + 1, tag };
  writeFileSync(file, JSON.stringify({ ...journal, entries: [...journal.entries, entry] }));
  const tables = ["position_history", "vehicle_positions", "trips", "vehicles"];
  const sql = tables.map((table) => `alter table ${table} add column of_the_next_version integer not null default 7;`);
  writeFileSync(path.join(folder, `${tag}.sql`), sql.join("\n--> statement-breakpoint\n"));
  return folder;
}

test("a migration passes while the old version serves, also behind a long report, and nothing fails or stalls", async () => {
  const { dispatcher, phones } = await aFleet(stack(), 60);
  const token = await tokenOf(stack(), dispatcher.email);
  const traffic = new Traffic(stack(), phones).start();
  await expect.poll(() => traffic.count, { timeout: 20_000 }).toBeGreaterThan(60);
  // Who reads a table holds its changes up; who comes after the change must not be held up for so long.
  const report = stack().sql.begin(async (tx) => {
    await tx`select count(*) from position_history`;
    await tx`select count(*) from trips`;
    await tx`select pg_sleep(${REPORT_S})`;
  });
  const MIGRATIONS_DIR = nextVersion();
  const migration = runScript("scripts/db/migrate.ts", [], {
    ...stack().env,
    DATABASE_OWNER_URL: stack().ownerUrl,
    MIGRATIONS_DIR,
  });
  let isDone = false;
  const done = Promise.all([report, migration]).finally(() => {
    isDone = true;
  });
  let asked = 0;
  while (!isDone) {
    expect((await ask(`${stack().url}/api/v1/trips`, { token })).status).toBe(200);
    asked += 1;
    if (asked % 20 === 0) await book(stack(), token);
  }
  const [, { stdout }] = await done;
  expect(stdout).toContain("applied 9999_next_version");
  // The old version goes on with the new tables.
  const before = traffic.count;
  await book(stack(), token);
  await expect.poll(() => traffic.count, { timeout: 20_000 }).toBeGreaterThan(before + 60);
  await traffic.finish();
  await expectStoredOnce(stack(), traffic.acknowledged);
  process.stdout.write(`migration: slowest fix ${traffic.slowestMs.toFixed(0)} ms, ${asked} reads meanwhile\n`);
  expect(traffic.failures).toBe(0);
  expect(traffic.slowestMs).toBeLessThan((REPORT_S - 1) * 1_000);
});
