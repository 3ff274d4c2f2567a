import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { portIsFree, waitUntil } from "@/scripts/lib/ports.mjs";
import { ensureCluster } from "@/scripts/lib/postgres.mjs";

export const PASSWORDS = { owner: "owner-of-a-fault", app: "app-of-a-fault" };

/** A cluster that keeps its promises: fsync and synchronous commit are on. */
export type FaultCluster = { dataDir: string; port: number };

/** The folder that holds the cluster, which may stand elsewhere: see `reachable`. */
function homeOf({ dataDir }: FaultCluster): string {
  const pointer = path.join(dataDir, "location");
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : dataDir;
}

function postmasterPid(cluster: FaultCluster): number {
  return Number(readFileSync(path.join(homeOf(cluster), "data/postmaster.pid"), "utf8").split("\n")[0]);
}

/** Kills the database's postmaster as a crash would: nothing is flushed, nobody is told. */
export async function killPostmaster(cluster: FaultCluster): Promise<void> {
  const pid = postmasterPid(cluster);
  process.kill(pid, "SIGKILL");
  await waitUntil(async () => !existsSync(`/proc/${pid}`), { timeoutMs: 10_000, what: "the postmaster did not die" });
}

/** Stops every process of the database where it stands, or lets them go on: it neither answers nor hangs up. */
export function freezeDatabase(cluster: FaultCluster, isFrozen: boolean): void {
  const postmaster = postmasterPid(cluster);
  const all = [postmaster, ...childrenOf(postmaster)];
  for (const pid of all) process.kill(pid, isFrozen ? "SIGSTOP" : "SIGCONT");
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(statOf(name).split(") ").at(-1)?.split(" ")[1]) === parent)
    .map(Number);
}

/** `pid (name) state parent …`; empty for a process that has gone meanwhile. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

/** Shuts the database down (fast) and waits until its port is free. */
export async function stopDatabase(cluster: FaultCluster): Promise<void> {
  process.kill(postmasterPid(cluster), "SIGINT");
  await waitUntil(() => portIsFree(cluster.port), { timeoutMs: 30_000, what: "the database did not stop" });
}

/** Starts the database again on its port, after a stop or a kill; leaves one alone that runs. */
export async function startDatabase({ dataDir, port }: FaultCluster): Promise<void> {
  const again = await ensureCluster({ dataDir, durable: true, passwords: PASSWORDS, port });
  if (again.port !== port) throw new Error(`the database came back on port ${again.port} instead of ${port}`);
  // Whoever started the test run holds it as well, so that giving this hold back stops nothing.
  await again.release();
}
