import { database } from "@/server/database";
import { env } from "@/server/env";
import { startWorker } from "@/server/jobs/queue";
import { jobs } from "@/server/jobs/registry";
import { startProcess } from "@/server/start";
import { type Running, runProcess } from "./run-process";

/** The worker process: sends and works the jobs. */
async function start(): Promise<Running> {
  startProcess();
  const { DATABASE_DIRECT_URL, DATABASE_URL } = env();
  const worker = await startWorker(DATABASE_DIRECT_URL ?? DATABASE_URL, database(), jobs);
  console.log("worker ready");
  return {
    stop: async () => {
      await worker.stop();
      await database().$client.end({ timeout: 5 });
    },
  };
}

await runProcess("worker", start);
