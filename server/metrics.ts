import "server-only";
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { singleton } from "@/server/singleton";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Registers = { registers: Registry[] };

/** How long answers take. */
const requestMetrics = ({ registers }: Registers) => ({
  requestSeconds: new Histogram({
    name: "runboard_request_duration_seconds",
    help: "Duration of answered requests",
    labelNames: ["method", "route", "status"],
    buckets: SECONDS,
    registers,
  }),
});

/** The GPS path: what came in, how it was committed, what waits. */
const gpsMetrics = ({ registers }: Registers) => ({
  fixesAccepted: new Counter({
    name: "runboard_fixes_accepted_total",
    help: "Fixes stored",
    labelNames: ["client"],
    registers,
  }),
  fixesDuplicate: new Counter({
    name: "runboard_fixes_duplicate_total",
    help: "Fixes that were stored before",
    registers,
  }),
  fixesQuarantined: new Counter({
    name: "runboard_fixes_quarantined_total",
    help: "Fixes set aside",
    labelNames: ["code"],
    registers,
  }),
  commitSeconds: new Histogram({
    name: "runboard_ingest_commit_duration_seconds",
    help: "Duration of a group commit of fixes",
    buckets: SECONDS,
    registers,
  }),
  batchSize: new Histogram({
    name: "runboard_ingest_batch_fixes",
    help: "Fixes in a group commit",
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2000, 5000],
    registers,
  }),
  ingestQueue: new Gauge({
    name: "runboard_ingest_queue_fixes",
    help: "Fixes waiting for a group commit",
    registers,
  }),
});

/** Events sent and transactions under way. */
const workMetrics = ({ registers }: Registers) => ({
  outboxPublished: new Counter({
    name: "runboard_events_published_total",
    help: "Events for the realtime server: sent, failed (it was away; they wait), refused, given_up, expired",
    labelNames: ["result"],
    registers,
  }),
  transactionsOpen: new Gauge({
    name: "runboard_db_transactions_open",
    help: "Transactions under way in this process: connections of the pool in use",
    registers,
  }),
  consoleReads: new Counter({
    name: "runboard_db_console_reads_total",
    help: "Reads of consoles by where they went; fallback: a replica failed and the primary did it",
    labelNames: ["target"],
    registers,
  }),
  replicaLagBytes: new Gauge({
    name: "runboard_db_replica_lag_bytes",
    help: "Log a replica has not replayed, by its place in DATABASE_REPLICA_URLS; -1: no answer",
    labelNames: ["replica"],
    registers,
  }),
  poolSize: new Gauge({ name: "runboard_db_pool_size", help: "Connections this process may open", registers }),
});

/** What waits in the queues, and how long jobs take. */
const jobMetrics = ({ registers }: Registers) => ({
  jobs: new Gauge({
    name: "runboard_jobs",
    help: "Jobs that wait, run or failed",
    labelNames: ["job", "queue", "state"],
    registers,
  }),
  jobsOldestSeconds: new Gauge({
    name: "runboard_jobs_oldest_age_seconds",
    help: "Age of the oldest such job",
    labelNames: ["job", "queue", "state"],
    registers,
  }),
  jobSeconds: new Histogram({
    name: "runboard_job_duration_seconds",
    help: "Duration of jobs run by this process",
    labelNames: ["job", "result"],
    buckets: SECONDS,
    registers,
  }),
});

/** Every metric of this process. Labels never hold agency, user, vehicle or trip. */
export const metrics = () =>
  singleton("metrics", () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const into = { registers: [registry] };
    return { registry, ...requestMetrics(into), ...gpsMetrics(into), ...workMetrics(into), ...jobMetrics(into) };
  });

/** What a registry holds, as it travels between processes. */
export type MetricValues = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** Reads the metrics of the process that stands in front of this one behind the same port; nothing where none does. */
export const frontMetrics = () =>
  singleton<{ read: () => Promise<MetricValues> }>("front-metrics", () => ({ read: () => Promise.resolve([]) }));

/** Metrics of this process and of the one in front of it as one text: sums, and means where a sum says nothing. */
export async function allMetrics(): Promise<string> {
  const [own, front] = await Promise.all([metrics().registry.getMetricsAsJSON(), frontMetrics().read()]);
  return AggregatorRegistry.aggregate([own, front]).metrics();
}
