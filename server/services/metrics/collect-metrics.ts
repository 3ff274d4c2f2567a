import "server-only";
import type { Db } from "@/db/client";
import { queueStates } from "@/db/queries/jobs";
import { env } from "@/server/env";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";
import { replicas } from "@/server/replicas";

const TIMEOUT_MS = 1_000;

/** Reads what lives in the database into this process's gauges. While it is away they are left out, not old. */
export async function collectMetrics(db: Db): Promise<void> {
  const { jobs, jobsOldestSeconds, poolSize, replicaLagBytes } = metrics();
  poolSize.set(env().DATABASE_POOL);
  replicas()
    ?.lags()
    .forEach((lag, at) => replicaLagBytes.set({ replica: String(at) }, lag ?? -1));
  jobs.reset();
  jobsOldestSeconds.reset();
  try {
    for (const { job, queue, state, count, oldestAgeS } of await db.transaction((tx) => queueStates(tx, "all"))) {
      jobs.set({ job, queue, state }, count);
      jobsOldestSeconds.set({ job, queue, state }, oldestAgeS);
    }
  } catch (error) {
    log().warn(describeError(error), "no job counts for the metrics");
  }
}

/** Connections and deliveries of the embedded realtime server, in its own words; nothing with any other server. */
export async function realtimeMetrics(): Promise<string> {
  const { PUSHER_HOST, REALTIME_PORT, METRICS_TOKEN } = env();
  if (PUSHER_HOST) return "";
  const headers = METRICS_TOKEN ? { Authorization: `Bearer ${METRICS_TOKEN}` } : undefined;
  try {
    const response = await fetch(`http://127.0.0.1:${REALTIME_PORT}/metrics`, {
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? await response.text() : "";
  } catch (error) {
    log().warn(describeError(error), "no realtime counts for the metrics");
    return "";
  }
}
