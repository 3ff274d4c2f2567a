import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { ensureTool } from "@/scripts/lib/debian-tool.mjs";
import { freePort } from "@/scripts/lib/ports.mjs";
import { serverAccount } from "@/scripts/lib/run-as.mjs";
import type { TestDatabase } from "./database";

/** Connections to the server behind the pooler: few, so that every test shares them. */
export const SERVER_CONNECTIONS = 3;
const START_WITHIN_MS = 10_000;

/** What an installation has to say to pgbouncer for Runboard. */
const settings = (port: number, to: URL, users: string) => `
[databases]
* = host=${to.hostname} port=${to.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 500
ignore_startup_parameters = extra_float_digits,statement_timeout
log_connections = 0
log_disconnections = 0
`;

/** A real pgbouncer in transaction mode in front of the test's database. @returns where it answers, as the app role */
export function usePooler(database: TestDatabase): { readonly url: string } {
  let child: ChildProcess | undefined;
  let dir: string | undefined;
  let url: string | undefined;
  beforeAll(async () => {
    const tool = await ensureTool("pgbouncer");
    const account = serverAccount();
    const port = await freePort();
    const to = new URL(database.urls.app);
    dir = mkdtempSync(path.join(tmpdir(), "runboard-pooler-"));
    const [users, config] = [path.join(dir, "users.txt"), path.join(dir, "pgbouncer.ini")];
    writeFileSync(users, `"${to.username}" "${to.password}"\n`);
    writeFileSync(config, settings(port, to, users));
    for (const file of [dir, users, config]) {
      chmodSync(file, file === dir ? 0o700 : 0o600);
      // Like PostgreSQL it refuses to run as root.
      if (account.uid !== undefined) chownSync(file, account.uid, account.gid ?? account.uid);
    }
    child = spawn(tool.file, ["-q", config], { ...account, env: tool.env, cwd: dir, stdio: "ignore" });
    await answers(port, child);
    to.port = String(port);
    url = to.href;
  });
  afterAll(() => {
    child?.kill("SIGKILL");
    if (dir) rmSync(dir, { recursive: true, force: true });
  });
  return {
    get url() {
      if (!url) throw new Error("the pooler exists inside tests and hooks only");
      return url;
    },
  };
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended with ${child.exitCode}`);
    if (await opens(port)) return;
    if (Date.now() > until) throw new Error("pgbouncer does not answer");
    await wait(50);
  }
}

const opens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
