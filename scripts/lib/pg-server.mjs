import fs from "node:fs";
import path from "node:path";
import { freePort, portIsFree } from "./ports.mjs";
import { run } from "./proc.mjs";

const KEEP_LOG_BYTES = 20_000_000;

/** @param {number} port @param {boolean} durable */
function settings(port, durable) {
  /** @type {Record<string, string>} */
  const common = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_wal_size: "2GB",
    wal_compression: "on",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // The live position table is rewritten all day: the default of a minute lets it bloat.
    autovacuum_naptime: "10s",
    // Failed rows stay out of the log: their values could be a rider's.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
  };
  const kind = durable
    ? { max_connections: "100", shared_buffers: "256MB" }
    : {
        max_connections: "300",
        shared_buffers: "128MB",
        fsync: "off",
        synchronous_commit: "off",
        full_page_writes: "off",
      };
  return Object.entries({ ...common, ...kind })
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join("");
}

/**
 * Starts the server unless it runs.
 * @param {import("./postgres.mjs").ServerAt} at
 * @param {{ durable: boolean, port?: number }} wish
 * @returns {Promise<number>} the port it listens on
 * @throws Error with the end of the server's log
 */
export async function startServer(at, { durable, port }) {
  const ctl = (/** @type {string[]} */ args, /** @type {boolean} */ silent) =>
    run(path.join(at.pg.bin, "pg_ctl"), ["-D", at.data, ...args], {
      ...at.account,
      env: at.env,
      cwd: at.runDir,
      mayFail: true,
      silent,
    });
  const pidFile = path.join(at.data, "postmaster.pid");
  const status = await ctl(["status"], false);
  if (status.code === 0) return Number(fs.readFileSync(pidFile, "utf8").split("\n")[3]);

  const log = path.join(at.runDir, "server.log");
  if (fs.existsSync(log) && fs.statSync(log).size > KEEP_LOG_BYTES) fs.truncateSync(log);
  // A server that has just been killed leaves its lock file and shared memory behind for a moment: try again.
  for (let attempt = 1; ; attempt++) {
    const chosen = await choosePort(at, attempt === 1 ? port : undefined);
    fs.writeFileSync(path.join(at.data, "runboard.conf"), settings(chosen, durable), { mode: 0o644 });
    const { code } = await ctl(["-s", "-w", "-t", "60", "-l", log, "start"], true);
    if (code === 0) return chosen;
    const tail = fs.existsSync(log) ? fs.readFileSync(log, "utf8").trim().split("\n").slice(-12).join("\n") : "";
    if (attempt >= 20) throw new Error(`PostgreSQL does not start; see ${log}:\n${tail}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/**
 * The wish, else the port of the last time, else any.
 * @param {import("./postgres.mjs").ServerAt} at
 * @param {number} [wish]
 */
async function choosePort(at, wish) {
  const conf = path.join(at.data, "runboard.conf");
  const last = fs.existsSync(conf) ? Number(/^port = '(\d+)'/m.exec(fs.readFileSync(conf, "utf8"))?.[1] ?? 0) : 0;
  for (const port of [wish ?? 0, last]) {
    if (port > 0 && (await portIsFree(port))) return port;
  }
  return freePort();
}
