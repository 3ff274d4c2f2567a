import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { takeLease } from "./lease.mjs";
import { serverEnv } from "./pg-binaries.mjs";
import { ensureBinaries, reachable } from "./pg-home.mjs";
import { startServer } from "./pg-server.mjs";
import { run } from "./proc.mjs";
import { databaseSql, rolesSql } from "./roles.mjs";
import { serverAccount } from "./run-as.mjs";

/**
 * @typedef {object} Cluster
 * @property {number} port
 * @property {string} version as the server names it, with that of PostGIS
 * @property {(database: string) => string} appUrl connection of the role that owns nothing
 * @property {(database: string) => string} ownerUrl connection of the migrator
 * @property {(database: string) => string} adminUrl superuser: for creating databases only
 * @property {() => Promise<void>} release stops the server unless somebody else still uses it
 */

const SUPERUSER = "runboard_super";

/**
 * A private PostgreSQL cluster with PostGIS on 127.0.0.1, made and started as needed. It stays up while anybody holds it:
 * the last one to release it (or to die) stops it. A cluster of the system is never touched.
 * @param {object} options
 * @param {string} options.dataDir
 * @param {boolean} options.durable false for tests: faster, and lost at a power cut
 * @param {import("./roles.mjs").RolePasswords} options.passwords
 * @param {string} [options.database] made if missing, owned by the migrator, with the extensions
 * @param {number} [options.port] a wish; another is taken when it is in use
 * @returns {Promise<Cluster>}
 */
export async function ensureCluster({ dataDir, durable, passwords, database, port }) {
  const account = serverAccount();
  const home = reachable(path.resolve(dataDir), account);
  const lock = await takeLease(path.join(home, "start.lock"));
  /** @type {import("./lease.mjs").Lease | undefined} */
  let lease;
  try {
    const pg = await ensureBinaries({ account, major: storedMajor(home) });
    const runDir = path.join(home, "run");
    ownFolder(runDir, account);
    const at = { pg, account, data: path.join(home, "data"), runDir, env: serverEnv(pg, runDir) };
    const superPassword = await initialise(home, at);
    lease = await takeLease(path.join(runDir, "users.lock"), {
      shared: true,
      lastOneOut: [path.join(pg.bin, "pg_ctl"), "-D", at.data, "-s", "-w", "-m", "fast", "stop"],
      ...account,
      env: at.env,
      cwd: runDir,
    });
    const listening = await startServer(at, { durable, port });
    const url = (/** @type {string} */ user, /** @type {string} */ password) => (/** @type {string} */ name) =>
      `postgres://${user}:${password}@127.0.0.1:${listening}/${name}`;
    const psql = psqlOf(at, { port: listening, password: superPassword });
    await psql("postgres", rolesSql(passwords));
    if (database) await ensureDatabase(psql, database);
    const version = await psql(database ?? "postgres", "show server_version");
    return {
      port: listening,
      version: `PostgreSQL ${version.split(" ")[0]}`,
      appUrl: url("runboard_app", passwords.app),
      ownerUrl: url("runboard_owner", passwords.owner),
      adminUrl: url(SUPERUSER, superPassword),
      release: lease.release,
    };
  } catch (error) {
    await lease?.release();
    throw error;
  } finally {
    await lock.release();
  }
}

/**
 * @typedef {object} ServerAt
 * @property {import("./pg-binaries.mjs").PgBinaries} pg
 * @property {import("./run-as.mjs").RunAs} account
 * @property {string} data
 * @property {string} runDir
 * @property {Record<string, string>} env
 */

/**
 * @param {string} home
 * @returns {number | undefined}
 */
function storedMajor(home) {
  const file = path.join(home, "data/PG_VERSION");
  return fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : undefined;
}

/**
 * @param {string} dir
 * @param {import("./run-as.mjs").RunAs} account
 */
function ownFolder(dir, { uid, gid }) {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (uid !== undefined && gid !== undefined) fs.chownSync(dir, uid, gid);
}

/**
 * Makes the cluster if there is none; made aside and renamed, so that an interrupted start leaves no half of one.
 * @param {string} home
 * @param {ServerAt} at
 * @returns {Promise<string>} the superuser's password
 */
async function initialise(home, at) {
  const passwordFile = path.join(home, "superuser.secret");
  if (fs.existsSync(path.join(at.data, "PG_VERSION"))) return fs.readFileSync(passwordFile, "utf8").trim();
  const password = randomBytes(24).toString("base64url");
  const fresh = `${at.data}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  ownFolder(fresh, at.account);
  const handOver = path.join(at.runDir, "initial-password");
  fs.writeFileSync(handOver, password, { mode: 0o600 });
  if (at.account.uid !== undefined && at.account.gid !== undefined)
    fs.chownSync(handOver, at.account.uid, at.account.gid);
  const locale = process.platform === "linux" ? "C.UTF-8" : "C";
  const options = [
    "-A",
    "scram-sha-256",
    `--pwfile=${handOver}`,
    "-E",
    "UTF8",
    `--locale=${locale}`,
    "--data-checksums",
  ];
  await run(path.join(at.pg.bin, "initdb"), ["-D", fresh, "-U", SUPERUSER, "--no-sync", ...options], {
    ...at.account,
    env: at.env,
    cwd: at.runDir,
  });
  fs.rmSync(handOver);
  fs.appendFileSync(path.join(fresh, "postgresql.conf"), "\ninclude_if_exists 'runboard.conf'\n");
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  fs.rmSync(at.data, { recursive: true, force: true });
  fs.renameSync(fresh, at.data);
  return password;
}

/** @typedef {(database: string, sql: string) => Promise<string>} Psql */

/**
 * Runs SQL as the superuser; statements and password travel by pipe and environment, never on a command line.
 * @param {ServerAt} at
 * @param {{ port: number, password: string }} server
 * @returns {Psql}
 */
function psqlOf(at, { port, password }) {
  const args = ["-X", "-Atq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", String(port), "-U", SUPERUSER];
  return async (database, sql) => {
    const { stdout } = await run(path.join(at.pg.bin, "psql"), [...args, "-d", database, "-f", "-"], {
      env: { ...at.env, PGPASSWORD: password },
      input: sql,
    });
    return stdout.trim();
  };
}

/**
 * @param {Psql} psql
 * @param {string} name
 */
async function ensureDatabase(psql, name) {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not a database name: ${name}`);
  const found = await psql("postgres", `select 1 from pg_database where datname = '${name}'`);
  if (found !== "1") await psql("postgres", `create database ${name} owner runboard_owner`);
  await psql(name, databaseSql());
}
