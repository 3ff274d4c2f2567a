import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { aFleet } from "./kit/fleet";
import { ask } from "./kit/http";
import { useStack } from "./kit/stack";
import { countStored } from "./kit/stored";
import { runJobNow } from "./kit/work";

const stack = useStack();
const ROWS = 20_000;
let mounted: string | null = null;

/** A disk of 64 kB where the archive goes; where mounting is not allowed, a file stands in the folder's place. */
function fillUp(folder: string): string {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    mounted = folder;
    return "ENOSPC";
  } catch {
    execFileSync("rmdir", [folder]);
    writeFileSync(folder, "");
    return "ENOTDIR";
  }
}

function makeRoom(folder: string): void {
  if (mounted) execFileSync("umount", [folder]);
  else execFileSync("rm", [folder]);
  mounted = null;
}
afterAll(() => {
  if (mounted) makeRoom(mounted);
});

test("with the archive's disk full, days stay in the database, the job fails visibly, and goes on when there is room", async () => {
  const { sql, url, env, dataDir } = stack();
  const { agencyId, phones } = await aFleet(stack(), 2);
  const vehicleIds = phones.map(({ vehicleId }) => vehicleId);
  await sql`select ensure_position_partitions((now() - interval '12 days')::date, (now() - interval '12 days')::date)`;
  await sql`
    insert into position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, device_id)
    select ${agencyId}, v, date_trunc('day', now() - interval '12 days', 'UTC') + n * interval '4 s', now(),
      (random() * 1e8)::int, (random() * 1e8)::int, gen_random_uuid()
    from unnest(${vehicleIds}::uuid[]) v, generate_series(1, ${ROWS / 2}::int) n`;
  const folder = path.join(dataDir, "archive");
  const why = fillUp(folder);
  expect((await runJobNow(stack(), "archive")).status).toBe(500);
  expect(await countStored(stack(), vehicleIds)).toBe(ROWS);
  const { text } = await ask(`${url}/api/metrics`, { token: env.METRICS_TOKEN ?? "" });
  expect(text).toMatch(/runboard_job_duration_seconds_count\{[^}]*job="archive"[^}]*result="failed"[^}]*\} [1-9]/);
  expect(stack().logOf("web")).toContain(why);
  makeRoom(folder);
  expect((await runJobNow(stack(), "archive")).status).toBe(200);
  expect(await countStored(stack(), vehicleIds)).toBe(0);
});
