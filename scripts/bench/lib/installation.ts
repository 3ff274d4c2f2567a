import path from "node:path";
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { ensureBuild } from "@/scripts/lib/build.mjs";
import { Services } from "@/scripts/lib/children.mjs";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { freePort } from "@/scripts/lib/ports.mjs";
import { type Cluster, ensureCluster } from "@/scripts/lib/postgres.mjs";
import { scratchDir } from "@/scripts/lib/scratch.mjs";
import { ensureSecrets, type Secrets } from "@/scripts/lib/secrets.mjs";
import { type Env, runScript, serviceEnv, startServices } from "@/scripts/lib/stack.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import { parentOf } from "./process-usage";

/** A throw-away cluster with durable settings (fsync and synchronous_commit on), migrated. */
export type BenchDatabase = {
  dataDir: string;
  secrets: Secrets;
  cluster: Cluster;
  /** Makes another database of the same cluster. */
  another: (name: string) => Promise<Cluster>;
  /** As the role that owns the schema: for seeds and counts only. */
  owner: postgres.Sql;
  postmasterPid: number;
  urls: { app: string; owner: string; direct: string };
};

/** What a process gets of our environment: nothing that would steer the product. */
const plainEnv = (): Env =>
  Object.fromEntries(["PATH", "HOME", "LANG", "TZ", "TMPDIR", "NODE_OPTIONS"].map((name) => [name, process.env[name]]));

/** Makes the database of a benchmark; `cleanup` ends and removes it. */
export async function benchDatabase(cleanup: Cleanup): Promise<BenchDatabase> {
  const scratch = await scratchDir(path.join(ROOT, ".data"), "bench-");
  cleanup.add("scratch folder", scratch.remove);
  const secrets = await ensureSecrets(scratch.dir);
  const passwords = { owner: secrets.DB_OWNER_PASSWORD, app: secrets.DB_APP_PASSWORD };
  const open = (database: string) =>
    ensureCluster({ dataDir: path.join(scratch.dir, "pg"), durable: true, passwords, database });
  const cluster = await step("database", () => open("runboard"));
  cleanup.add("database", cluster.release);
  const app = cluster.appUrl("runboard");
  const urls = { app, owner: cluster.ownerUrl("runboard"), direct: app };
  const owner = postgres(urls.owner, { max: 2, onnotice: () => undefined });
  cleanup.add("connections", () => owner.end({ timeout: 1 }));
  await step("migrations", () =>
    runScript("scripts/db/migrate.ts", [], { ...plainEnv(), DATABASE_OWNER_URL: urls.owner }),
  );
  const [backend] = await owner<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const postmasterPid = parentOf(backend?.pid ?? 0);
  if (postmasterPid === null) throw new Error("the database's process is not to be seen");
  return {
    dataDir: scratch.dir,
    secrets,
    cluster,
    another: async (name) => {
      const other = await open(name);
      cleanup.add(`database ${name}`, other.release);
      return other;
    },
    owner,
    postmasterPid,
    urls,
  };
}

export type Installation = { url: string; port: number; pidOf: (name: string) => number; env: Env };

/**
 * Starts realtime, web and worker of the production build, built if the sources changed since.
 * @param options.build - measures the build in this folder instead
 * @param options.profileDir - where each process leaves a CPU profile when it stops
 * @param options.watchDir - where each process notes how it goes, ten times a second
 */
export async function startInstallation(
  cleanup: Cleanup,
  { dataDir, secrets, urls }: BenchDatabase,
  options: {
    build?: string | undefined;
    profileDir?: string | undefined;
    watchDir?: string | undefined;
    env?: Env;
  } = {},
): Promise<Installation> {
  const build = options.build ? { dir: options.build, release: () => Promise.resolve() } : await freshBuild();
  cleanup.add("build", build.release);
  const port = await freePort();
  const config = { dataDir, host: "127.0.0.1", port, secrets, database: urls };
  const caller = { ...plainEnv(), LOG_LEVEL: "warn", ...options.env, ...observed(options) };
  const env = await serviceEnv(config, { mode: "production", caller });
  const services = new Services(path.join(dataDir, "logs"), (error) => console.error(error.message));
  cleanup.add("services", () => services.stop());
  await step("realtime, web, worker", () => startServices(services, build.dir, env));
  const pidOf = (name: string) => {
    const pid = services.pid(name);
    if (pid === undefined) throw new Error(`${name} does not run`);
    return pid;
  };
  return { url: `http://127.0.0.1:${port}`, port, pidOf, env };
}

/** What the processes load to be looked at. */
function observed({ profileDir, watchDir }: { profileDir?: string | undefined; watchDir?: string | undefined }): Env {
  const load = (file: string) => `--import=${pathToFileURL(path.join(ROOT, "scripts/bench/lib", file)).href}`;
  const loaded = [...(profileDir ? [load("cpu-profile.mjs")] : []), ...(watchDir ? [load("watch-process.mjs")] : [])];
  if (loaded.length === 0) return {};
  return { NODE_OPTIONS: loaded.join(" "), BENCH_PROFILE_DIR: profileDir, BENCH_WATCH_DIR: watchDir };
}

const freshBuild = () => step("build", () => ensureBuild(ROOT));
