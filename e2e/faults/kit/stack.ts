import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import * as schema from "@/db/schema";
import type { Db } from "@/db/types";
import { memoryMbOf } from "@/scripts/bench/lib/process-usage";
import { Services } from "@/scripts/lib/children.mjs";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { answers, freePort, waitUntil } from "@/scripts/lib/ports.mjs";
import { scratchDir } from "@/scripts/lib/scratch.mjs";
import { ensureSecrets } from "@/scripts/lib/secrets.mjs";
import { serviceEnv, startServices } from "@/scripts/lib/stack.mjs";
import { PASSWORDS } from "./cluster";

export type ServiceName = "web" | "worker" | "realtime";

/** The product as it runs in production: its processes under a supervisor that revives them, on a database of its own. */
export type Stack = {
  url: string;
  dataDir: string;
  buildDir: string;
  env: Record<string, string | undefined>;
  services: Services;
  /** As the migrator: for fixtures, and to see what is stored. Opens connections anew after the database was away. */
  owner: Db;
  sql: postgres.Sql;
  ownerUrl: string;
  logOf: (service: string) => string;
  stop: () => Promise<void>;
};

/** What the services may know of the test's environment: its keys, so that a test can seal and open patient data. */
const caller = () =>
  Object.fromEntries(
    ["PATH", "HOME", "LANG", "PHI_KEYS", "BLIND_INDEX_KEY", "AUTH_SECRET", "CRON_SECRET", "METRICS_TOKEN"].map(
      (name) => [name, process.env[name]],
    ),
  );

/** A database of its own, without starting anything on it. */
export async function aDatabase() {
  const { cluster, template, adminUrl } = inject("faults");
  const name = `f_${process.pid}_${randomBytes(4).toString("hex")}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name} template ${template} owner runboard_owner`);
  await admin.end();
  const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${cluster.port}/${name}`;
  return { app: url("runboard_app", PASSWORDS.app), owner: url("runboard_owner", PASSWORDS.owner) };
}

/** @param extra - environment of the services beside the usual */
export async function startStack(extra: Record<string, string> = {}): Promise<Stack> {
  const { buildDir } = inject("faults");
  const scratch = await scratchDir(path.join(ROOT, ".data"), "fault-stack-");
  const dataDir = scratch.dir;
  const { app, owner: ownerUrl } = await aDatabase();
  const secrets = await ensureSecrets(dataDir);
  const config = { dataDir, host: "127.0.0.1", port: await freePort(), secrets };
  const database = { app, owner: ownerUrl, direct: app };
  const env = await serviceEnv({ ...config, database }, { mode: "production", caller: { ...caller(), ...extra } });
  const services = new Services(path.join(dataDir, "logs"), (error) => process.stderr.write(`${error.message}\n`));
  // A connection that breaks with the database is opened again by the next query.
  const sql = postgres(ownerUrl, { max: 3, onnotice: () => undefined, backoff: () => 0.2 });
  const stop = async () => {
    await services.stop();
    await sql.end({ timeout: 1 });
    await scratch.remove();
  };
  try {
    await startServices(services, buildDir, env);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://127.0.0.1:${config.port}`;
  const logOf = (service: string) => readFileSync(services.logFile(service), "utf8");
  return { url, dataDir, buildDir, env, services, owner: drizzle(sql, { schema }), sql, ownerUrl, logOf, stop };
}

/** One stack for a test file. */
export function useStack(extra: Record<string, string> = {}): () => Stack {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await startStack(extra);
  });
  afterAll(async () => {
    await stack?.stop();
  });
  return () => {
    if (!stack) throw new Error("the stack exists inside tests and hooks only");
    return stack;
  };
}

/** Kills a service as a crash would; its supervisor starts it again. */
export function killService({ services }: Stack, name: string): number {
  const pid = services.pid(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  process.kill(pid, "SIGKILL");
  return pid;
}

/** Waits until the web process answers ready. */
export const untilReady = ({ url }: Stack): Promise<void> =>
  waitUntil(() => answers(`${url}/api/ready`), { timeoutMs: 60_000, what: "the web process was not ready" });

/** Resident memory of a service with all its processes, in bytes. */
export function rssOf({ services }: Stack, name: string): number {
  const pid = services.pid(name);
  return pid === undefined ? 0 : memoryMbOf(pid).nowMb * 1_048_576;
}
