import { expect, test, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency } from "@/db/testing/factories";
import { defineJob } from "./define-job";
import { startWorker } from "./queue";
import { forEachAgency, runJob } from "./run-job";

const database = useTestDatabase();
const soon = { timeout: 15_000, interval: 50 };

test("two workers run a slot of a job once", async () => {
  const run = vi.fn(async () => undefined);
  const job = defineJob({ name: "count-once", priority: "high", everyS: 3_600, run });
  const workers = await Promise.all([1, 2].map(() => startWorker(database.urls.app, database.db, [job])));
  await vi.waitFor(async () => {
    const [row] = await database.sql<
      { done: number }[]
    >`select count(*)::int as done from pgboss.job where data->>'job' = 'count-once' and state = 'completed'`;
    expect(row?.done).toBe(1);
  }, soon);
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(run).toHaveBeenCalledTimes(1);
});

test("where a walk over the agencies fails for one, that one gets a job of its own and the others are done", async () => {
  const [broken, sound] = [await anAgency(database.owner), await anAgency(database.owner)];
  const done = new Set<string>();
  const job = defineJob({
    name: "walk",
    priority: "high",
    everyS: 3_600,
    run: (ctx) =>
      forEachAgency(ctx, "walk", async ({ actor }) => {
        if (actor.agencyId === broken.id) throw new Error("broken");
        done.add(actor.agencyId);
      }),
  });
  const worker = await startWorker(database.urls.app, database.db, [job]);
  await vi.waitFor(async () => {
    const rows = await database.sql`select data->>'agencyId' as agency, state::text from pgboss.job
      where data->>'job' = 'walk' and name = 'high' order by data->>'agencyId' nulls first`;
    expect(rows).toEqual([
      { agency: null, state: "completed" },
      { agency: broken.id, state: "retry" },
    ]);
  }, soon);
  await worker.stop();
  expect(done).toContain(sound.id);
});

test("a job that runs already is not run beside itself", async () => {
  let finish = () => undefined as void;
  const started = vi.fn();
  const job = defineJob({
    name: "slow",
    priority: "low",
    everyS: 60,
    run: () =>
      new Promise<void>((resolve) => {
        started();
        finish = resolve;
      }),
  });
  const first = runJob(job, { db: database.db, now: new Date() });
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(1));
  expect(await runJob(job, { db: database.db, now: new Date() })).toBe(false);
  finish();
  expect(await first).toBe(true);
});
