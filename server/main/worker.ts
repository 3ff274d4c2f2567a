import { database } from "@/server/database";
import { env } from "@/server/env";
import { layOnThread } from "@/server/integrations/solver/lay-on-thread";
import { setSolver } from "@/server/integrations/solver/search-engine";
import { searchOnThreads } from "@/server/integrations/solver/search-on-threads";
import { startWorker } from "@/server/jobs/queue";
import { jobs } from "@/server/jobs/registry";
import { lifecycle } from "@/server/lifecycle";
import { startProcess } from "@/server/start";
import { type Running, runProcess } from "./run-process";
import { listenForProbes } from "./worker-probes";

/** The worker process: sends and works the jobs. */
async function start(): Promise<Running> {
  startProcess();
  setSolver({ lay: layOnThread, search: searchOnThreads });
  const { DATABASE_DIRECT_URL, DATABASE_URL, HOST, WORKER_PORT } = env();
  const worker = await startWorker(DATABASE_DIRECT_URL ?? DATABASE_URL, database(), jobs);
  const probes = WORKER_PORT === undefined ? undefined : await listenForProbes(HOST, WORKER_PORT);
  console.log("worker ready");
  return {
    stop: async () => {
      lifecycle().isDraining = true;
      await worker.stop();
      await database().$client.end({ timeout: 5 });
      probes?.close();
    },
  };
}

await runProcess("worker", start);
