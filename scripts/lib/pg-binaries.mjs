import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * @typedef {object} PgBinaries
 * @property {string} bin folder of `postgres`, `initdb`, `pg_ctl` and `psql`
 * @property {number} major
 * @property {string | null} prefix root of an unpacked tree; null for installed packages
 */

const NEEDED = ["postgres", "initdb", "pg_ctl", "psql"];
const EXTENSIONS = ["postgis", "btree_gist", "pg_trgm"];
/** The SQL is written for this version or newer. */
export const OLDEST_MAJOR = 15;

/**
 * @param {string} bin
 * @param {string} share
 */
const isComplete = (bin, share) =>
  NEEDED.every((name) => fs.existsSync(path.join(bin, name))) &&
  EXTENSIONS.every((name) => fs.existsSync(path.join(share, "extension", `${name}.control`)));

/**
 * The complete PostgreSQL trees in Debian's layout under a root, newest first.
 * @param {string} root `/` for the system
 * @returns {PgBinaries[]}
 */
export function debianTrees(root) {
  const base = path.join(root, "usr/lib/postgresql");
  if (!fs.existsSync(base)) return [];
  return fs
    .readdirSync(base)
    .map(Number)
    .filter((major) => major >= OLDEST_MAJOR)
    .sort((a, b) => b - a)
    .map((major) => ({ bin: path.join(base, String(major), "bin"), major, prefix: root === "/" ? null : root }))
    .filter(({ bin, major }) => isComplete(bin, path.join(root, "usr/share/postgresql", String(major))));
}

/** What `pg_config` on the PATH (or RUNBOARD_PG_BIN) speaks of: other Linuxes, Homebrew. @returns {PgBinaries[]} */
function configured() {
  const { RUNBOARD_PG_BIN } = process.env;
  const ask = (/** @type {string} */ what) => {
    const command = RUNBOARD_PG_BIN ? path.join(RUNBOARD_PG_BIN, "pg_config") : "pg_config";
    return spawnSync(command, [what], { encoding: "utf8" }).stdout?.trim() ?? "";
  };
  const major = Number(/PostgreSQL (\d+)/.exec(ask("--version"))?.[1] ?? 0);
  if (major < OLDEST_MAJOR) return [];
  const bin = ask("--bindir");
  return isComplete(bin, ask("--sharedir")) ? [{ bin, major, prefix: null }] : [];
}

/**
 * Installed PostgreSQL with PostGIS, newest first.
 * @returns {PgBinaries[]}
 */
export function installedBinaries() {
  if (process.env.RUNBOARD_PG_FORCE_UNPACK === "1") return [];
  const found = [...configured(), ...debianTrees("/")];
  return process.env.RUNBOARD_PG_BIN ? found : found.sort((a, b) => b.major - a.major);
}

/**
 * What a program of this tree must find in its environment; nothing of ours (no `PG*`, no secret) gets through.
 * @param {PgBinaries} pg
 * @param {string} home
 * @returns {Record<string, string>}
 */
export function serverEnv(pg, home) {
  /** @type {Record<string, string>} */
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin", LANG: "C.UTF-8", HOME: home, TZ: "UTC" };
  if (!pg.prefix) return env;
  const proj = path.join(pg.prefix, "usr/share/proj");
  env.LD_LIBRARY_PATH = libraryDirs(pg.prefix).join(":");
  if (fs.existsSync(proj)) Object.assign(env, { PROJ_DATA: proj, PROJ_LIB: proj });
  return env;
}

/**
 * The library folders of an unpacked tree.
 * @param {string} prefix
 */
export function libraryDirs(prefix) {
  /** @type {Record<string, string>} */
  const names = { x64: "x86_64", arm64: "aarch64" };
  const triplet = `${names[process.arch] ?? process.arch}-linux-gnu`;
  return ["usr/lib", "lib"].map((dir) => path.join(prefix, dir, triplet)).filter((dir) => fs.existsSync(dir));
}
