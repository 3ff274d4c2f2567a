import path from "node:path";
import { cpuSecondsOf } from "@/scripts/bench/lib/process-usage";
import { round } from "@/scripts/bench/lib/report";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { run } from "@/scripts/lib/proc.mjs";

export type Load = {
  requestsPerS: number;
  fixesPerS: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  codes: Record<string, number>;
  acknowledged: number;
  /** Of these, said to have been stored before; the shared client does not look, and sends none. */
  duplicates?: number;
};

/** What is measured: where fixes go, and whose processor time and rows count. */
export type Subject = { url: string; webPid: number; databasePid: number; stored: () => Promise<number> };

export type Phase = {
  name: string;
  /** Requests a second asked for; 0 is as fast as answers come. */
  offered: number;
  load: Load;
  failures: number;
  webUsPerFix: number;
  databaseUsPerFix: number;
  /** Acknowledged, and not in the database afterwards. */
  lost: number;
};

export const OWN_CLIENT = path.join(ROOT, "scripts/bench/gps/load.mjs");

/** Runs one load and counts what it cost and what became of its fixes. */
export async function measure(
  subject: Subject,
  { name, client = OWN_CLIENT, ...options }: { name: string; client?: string } & Record<string, string | number>,
): Promise<Phase> {
  const before = {
    stored: await subject.stored(),
    web: cpuSecondsOf(subject.webPid),
    db: cpuSecondsOf(subject.databasePid),
  };
  const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]);
  const { stdout } = await run(process.execPath, [client, "--url", subject.url, ...args]);
  const load = JSON.parse(stdout) as Load;
  const cpu = { web: cpuSecondsOf(subject.webPid) - before.web, db: cpuSecondsOf(subject.databasePid) - before.db };
  const stored = (await subject.stored()) - before.stored;
  const answered = Object.entries(load.codes);
  return {
    name,
    offered: Number(options.rate ?? 0),
    load,
    failures: answered.reduce((sum, [code, count]) => sum + (code.startsWith("2") ? 0 : count), 0),
    webUsPerFix: round((cpu.web / load.acknowledged) * 1e6),
    databaseUsPerFix: round((cpu.db / load.acknowledged) * 1e6),
    lost: Math.max(0, load.acknowledged - (load.duplicates ?? 0) - stored),
  };
}

export const asRow = ({ name, offered, load, failures, webUsPerFix, databaseUsPerFix, lost }: Phase) => ({
  phase: name,
  "offered req/s": offered === 0 ? "all" : offered,
  "req/s": load.requestsPerS,
  "fixes/s": load.fixesPerS,
  "p50 ms": load.p50Ms,
  "p95 ms": load.p95Ms,
  "p99 ms": load.p99Ms,
  failures,
  "web µs/fix": webUsPerFix,
  "database µs/fix": databaseUsPerFix,
  lost,
});
