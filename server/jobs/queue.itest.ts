import { expect, test, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { defineJob } from "./define-job";
import { startWorker } from "./queue";
import { runJob } from "./run-job";

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
