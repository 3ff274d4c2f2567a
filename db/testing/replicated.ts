import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import { type Db, openDb } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import * as schema from "@/db/schema";
import { serverEnv } from "@/scripts/lib/pg-binaries.mjs";
import { ensureBinaries } from "@/scripts/lib/pg-home.mjs";
import { freePort } from "@/scripts/lib/ports.mjs";
import { ensureCluster } from "@/scripts/lib/postgres.mjs";
import { run } from "@/scripts/lib/proc.mjs";
import { serverAccount } from "@/scripts/lib/run-as.mjs";

const NAME = "runboard";

type Replicated = {
  /** The app role at the primary, and at its replica. */
  db: Db;
  replica: Db;
  /** The migrator, at the primary. */
  owner: Db;
  /** A superuser at the replica: stops and resumes its replay. */
  admin: postgres.Sql;
  /** Kills the replica's server as a power cut would. */
  killReplica: () => Promise<void>;
};

/** A primary of its own with a real streaming replica, for this test file. */
export function useReplicated(): { readonly it: Replicated } {
  let made: Replicated | undefined;
  let remove: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    ({ made, remove } = await makeReplicated());
  });
  afterAll(() => remove?.());
  return {
    get it() {
      if (!made) throw new Error("the replicated database exists inside tests and hooks only");
      return made;
    },
  };
}

async function makeReplicated() {
  const dir = mkdtempSync(path.join(tmpdir(), "runboard-replicated-"));
  chmodSync(dir, 0o755);
  const primary = await ensureCluster({
    dataDir: path.join(dir, "primary"),
    // As in production: a commit that is not flushed would not be sent to the replica either.
    durable: true,
    passwords: { owner: "owner-of-a-test", app: "app-of-a-test" },
    database: NAME,
  });
  await migrateDatabase(primary.ownerUrl(NAME), "drizzle");
  const standby = await startStandby(dir, new URL(primary.adminUrl("postgres")));
  const moved = (url: string) => Object.assign(new URL(url), { port: String(standby.port) }).href;
  const sql = postgres(primary.ownerUrl(NAME), { max: 2, onnotice: () => undefined });
  const admin = postgres(moved(primary.adminUrl(NAME)), { max: 1, onnotice: () => undefined });
  const made: Replicated = {
    db: openDb(primary.appUrl(NAME), { max: 4, name: "test" }),
    replica: openDb(moved(primary.appUrl(NAME)), { max: 4, name: "test" }),
    owner: drizzle(sql, { schema }),
    admin,
    killReplica: () => standby.stop("immediate"),
  };
  const remove = async () => {
    const pools = [made.db.$client, made.replica.$client, sql, admin];
    await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
    await standby.stop("immediate");
    await primary.release();
    rmSync(dir, { recursive: true, force: true });
  };
  return { made, remove };
}

/** Copies the primary's files and starts a server that replays its log. */
async function startStandby(dir: string, from: URL) {
  const account = serverAccount();
  const pg = await ensureBinaries({ account });
  const [data, runDir] = [path.join(dir, "replica"), path.join(dir, "replica-run")];
  for (const folder of [data, runDir]) {
    mkdirSync(folder, { mode: 0o700 });
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
  }
  const env = { ...serverEnv(pg, runDir), PGPASSWORD: from.password };
  const as = { ...account, env, cwd: runDir };
  const port = await freePort();
  const connection = ["-h", from.hostname, "-p", from.port, "-U", from.username];
  await run(path.join(pg.bin, "pg_basebackup"), [...connection, "-D", data, "-R", "-X", "stream", "-c", "fast"], as);
  // Replaces the primary's own settings, which the base backup copied along.
  writeFileSync(
    path.join(data, "runboard.conf"),
    `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = ''\nfsync = off\nhot_standby = on\nshared_buffers = '64MB'\nmax_connections = 300\n`,
  );
  const ctl = (args: string[], mayFail = false) =>
    run(path.join(pg.bin, "pg_ctl"), ["-D", data, "-s", "-w", ...args], { ...as, mayFail, silent: true });
  await ctl(["-l", path.join(runDir, "server.log"), "start"]);
  return {
    port,
    stop: async (mode: "fast" | "immediate") => {
      await ctl(["-m", mode, "stop"], true);
    },
  };
}
